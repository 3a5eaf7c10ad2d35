package meshdev.control;

import java.util.Map;

/** Answers one kind of request. Called on the server's thread, one at a time. */
@FunctionalInterface
public interface Command {
    /**
     * What {@link Json} can write; the version is added.
     *
     * @param request all members of it
     */
    Map<String, Object> answer(Map<?, ?> request);
}
