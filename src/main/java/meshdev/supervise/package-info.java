/**
 * Owns every agent's state: phases, deadlines, the circuit breaker, and the one thread that changes them. Never starts
 * processes, reads files or clocks, or words messages itself: that is done through the ports it is given. Start reading
 * at {@link meshdev.supervise.AgentMachine}, then {@link meshdev.supervise.Supervisor}.
 */
package meshdev.supervise;
