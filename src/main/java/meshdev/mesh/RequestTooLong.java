package meshdev.mesh;

import java.io.IOException;

/** A request's body is longer than it may be. */
final class RequestTooLong extends IOException {
    private static final long serialVersionUID = 1;

    RequestTooLong(long mostBytes) {
        super("Request body exceeds the " + mostBytes + " byte limit");
    }
}
