/**
 * Owns what an agent is, how agents are found and named, which interpreter runs them, and which change touches whom.
 * Never starts processes or looks at a clock; discovery runs before the first process is spawned, so it uses plain loops
 * instead of streams and regular expressions. Start reading at {@link meshdev.agent.AgentFinder} and
 * {@link meshdev.agent.ReloadPlanner}.
 */
package meshdev.agent;
