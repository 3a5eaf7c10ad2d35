/**
 * Owns the command line, the process environment, signals, exit codes, and putting the parts together. Never decides
 * anything about agents. Start reading at {@link meshdev.cli.Main}, then {@link meshdev.cli.StartCommand}.
 */
package meshdev.cli;
