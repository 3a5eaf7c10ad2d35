/**
 * Owns the command line, the environment, exit codes and signals, and wires everything else. Never decides about agents. Start reading at {@link meshdev.cli.Main}.
 */
package meshdev.cli;
