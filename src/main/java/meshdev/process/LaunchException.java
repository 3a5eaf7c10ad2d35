package meshdev.process;

/** A program could not be started; the message says why in a user's words. */
public final class LaunchException extends Exception {
    private static final long serialVersionUID = 1L;

    public LaunchException(String message) {
        super(message);
    }
}
