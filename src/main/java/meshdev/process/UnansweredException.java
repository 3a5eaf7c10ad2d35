package meshdev.process;

/** The system did not answer a question about processes, for want of a descriptor perhaps; that does not mean "none". */
final class UnansweredException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnansweredException(Exception cause) {
        super(cause);
    }
}
