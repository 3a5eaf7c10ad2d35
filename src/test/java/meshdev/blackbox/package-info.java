/**
 * Drives the built program as a user does, against real {@code python3} agents, and owns the tiny agents, the journal
 * they write and the search for what is left behind. It never calls the program's classes, except to make the
 * class-data archive once. Start reading at {@link meshdev.blackbox.BlackBox}.
 */
package meshdev.blackbox;
