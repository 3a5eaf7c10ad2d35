/**
 * Owns reading and checking what the user said: {@code .meshwatch}, {@code .env}, variables and flags, merged into {@link Settings}. Never starts threads or processes, or reads {@code System.getenv} itself. Start reading at {@link meshdev.config.Settings}.
 */
package meshdev.config;
