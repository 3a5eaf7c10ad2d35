package meshdev.mesh;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * A body on its way to an agent. The JDK's HTTP client takes an {@code IOException} for the end of a body, so that the agent
 * would get half of it for the whole; hence any trouble is an {@link UncheckedIOException}, which ends the request.
 */
final class ForwardedBody extends FilterInputStream {
    ForwardedBody(InputStream in, long mostBytes) {
        super(new Counted(in, mostBytes));
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        try {
            return super.read(buffer, offset, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
