package meshdev.config;

/**
 * One word of the user's that has to be understood, and where it was said.
 *
 * @param text  as written
 * @param place begins every complaint: {@code MCP_MESH_RELOAD_DELAY}, {@code --reload-delay} or
 *              {@code .meshwatch:3:15: reload_delay}
 */
record Said(String text, String place) {
    ConfigException refuse(String why) {
        return new ConfigException(place + ": " + Quoted.of(text) + " " + why);
    }
}
