package meshdev.mesh;

/**
 * What the dependency of a function was resolved to.
 *
 * @param function the consumer's
 */
record Answer(String function, Dependency dependency, Provider provider) {
}
