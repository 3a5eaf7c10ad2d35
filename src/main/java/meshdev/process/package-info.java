/**
 * Owns child processes: launching, process groups, the life-line, log pumps, listening ports, and the class-data archive. Never knows phases, timers or policy. Start reading at {@link meshdev.process.ClassArchive} for the archive.
 */
package meshdev.process;
