/**
 * Owns reading and checking what the user said: {@code .meshwatch}, {@code .env}, variables and flags, merged into
 * {@link meshdev.config.Settings} and the environments of agents. Never starts threads or processes, or reads
 * {@code System.getenv} itself. Start reading at {@link meshdev.config.Settings}, then
 * {@link meshdev.config.MeshwatchReader} and {@link meshdev.config.AgentEnvironment}.
 */
package meshdev.config;
