package meshdev.mesh;

/**
 * What a tool asks the mesh for.
 *
 * @param required its tool is not available as long as nobody serves this
 */
record Dependency(String capability, TagRules tags, VersionRange versions, boolean required) {
}
