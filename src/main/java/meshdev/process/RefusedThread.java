package meshdev.process;

/** Tells a thread that the system refuses from a heap that is full: the JVM has one error for both, but this passes. */
public final class RefusedThread {
    private RefusedThread() {
    }

    public static boolean is(OutOfMemoryError error) {
        return String.valueOf(error.getMessage()).contains("native thread");
    }
}
