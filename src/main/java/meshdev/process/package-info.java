/**
 * Owns processes: launching agents in process groups of their own, ending those groups, pumping their output, and
 * asking the system who lives and who listens. Never decides when to launch or stop, and knows no phases, timers or
 * policies. Start reading at {@link meshdev.process.AgentProcess}.
 */
package meshdev.process;
