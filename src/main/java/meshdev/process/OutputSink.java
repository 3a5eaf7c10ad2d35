package meshdev.process;

/** Takes what agents print. Called from the agents' pump threads; must not block for long. */
@FunctionalInterface
public interface OutputSink {
    /** One line without its end, exactly as printed but for invalid UTF-8, which is replaced. */
    void line(String agent, String line);

    /** Everything that one process of the agent printed was delivered, unless a grandchild prints on. */
    default void over(String agent) {
    }
}
