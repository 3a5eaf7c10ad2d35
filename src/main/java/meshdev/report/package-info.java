/**
 * Owns everything that reaches a user's eyes: console lines with their prefixes and colours, log files, the figures of a
 * run, and what is made harmless on the way. Never holds agents' state, lets a slow terminal or a full disk hold up its callers, or reads the
 * environment itself. Start reading at {@link meshdev.report.Console}.
 */
package meshdev.report;
