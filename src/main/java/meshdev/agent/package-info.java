/**
 * Owns what an agent is, how agents are found and named, which interpreter runs them, and which change touches whom. Never starts processes or looks at a clock. Start reading at {@link meshdev.agent.Agent}.
 */
package meshdev.agent;
