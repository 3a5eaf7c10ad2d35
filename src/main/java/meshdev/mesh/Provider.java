package meshdev.mesh;

import com.google.gson.JsonObject;

/**
 * Who serves a dependency, as its consumer is told.
 *
 * @param kwargs what its tool was declared with; may be empty
 */
record Provider(String agentId, String function, String endpoint, JsonObject kwargs) {
    /** Nobody does. */
    static final Provider NONE = new Provider("", "", "", new JsonObject());

    boolean isFound() {
        return !agentId.isEmpty();
    }
}
