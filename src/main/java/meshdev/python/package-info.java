/**
 * Owns what is special about agents in Python: stale byte code, and reading and checking sources with the agents' own
 * interpreter. Never decides when an agent is reloaded, and never executes a source. Start reading at
 * {@link meshdev.python.Inspector}.
 */
package meshdev.python;
