package meshdev.report;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.locks.LockSupport;
import meshdev.process.TerminalStop;

/**
 * Standard output that reports a closed reader as an {@link IOException}, which {@code System.out} swallows, and
 * doesn't take one that is full for closed: another program of the same terminal may have made it non-blocking. Used by
 * one thread.
 */
public final class StandardOutput extends OutputStream {
    private static final long FULL_PAUSE_NANOS = 5_000_000;

    private final FileChannel channel;
    private boolean writesInBackground;

    public StandardOutput() {
        this(FileDescriptor.out);
    }

    @SuppressWarnings("resource") // closing the stream would close mesh-dev's standard output
    StandardOutput(FileDescriptor descriptor) {
        this.channel = new FileOutputStream(descriptor).getChannel();
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        writesInBackground = writesInBackground || TerminalStop.isPrevented();
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, count);
        while (buffer.hasRemaining()) {
            if (channel.write(buffer) == 0) {
                LockSupport.parkNanos(FULL_PAUSE_NANOS);
            }
        }
    }
}
