package meshdev.config;

/**
 * A wrong setting of the user's: the message says where, what and how to fix it. Printed without a stack trace; the
 * program ends with exit code 2 when it happens at start.
 */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConfigException(String message) {
        super(message);
    }
}
