package meshdev.mesh;

/** What an agent is told that only says it lives. */
enum News {
    NONE, CHANGED, UNKNOWN
}
