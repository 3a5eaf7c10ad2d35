package meshdev.mesh;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts what is read. */
final class Counted extends FilterInputStream {
    private final long most;
    private long count;

    Counted(InputStream in) {
        this(in, Long.MAX_VALUE);
    }

    /** @param most reading more than these bytes ends with {@link RequestTooLong} */
    Counted(InputStream in, long most) {
        super(in);
        this.most = most;
    }

    long count() {
        return count;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        count += Math.max(0, read);
        if (count > most) {
            throw new RequestTooLong(most);
        }
        return read;
    }
}
