/**
 * Owns what is special about agents in Python. Never decides when an agent is reloaded. Start reading at
 * {@link meshdev.python.ByteCode}.
 */
package meshdev.python;
