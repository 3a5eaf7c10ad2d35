/**
 * Owns how other commands reach the running supervisors of a project: local sockets, the protocol of one line of JSON each
 * way, its server and its client. Never holds or changes agents' state, and knows no command: whoever opens the server says
 * what each answers. Start reading at {@link meshdev.control.ControlServer}.
 */
package meshdev.control;
