package meshdev.control;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** Lines over a socket; each way has a limit in time and one in size. */
final class Wire implements AutoCloseable {
    private static final int BUFFER = 8192;

    private final SocketChannel channel;
    private final Selector selector;

    private Wire(SocketChannel channel) throws IOException {
        this.channel = channel;
        this.selector = Selector.open();
        channel.configureBlocking(false).register(selector, 0);
    }

    /** Takes the channel over, also when this fails. */
    static Wire over(SocketChannel channel) throws IOException {
        try {
            return new Wire(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** @throws ConnectException when nobody listens there; another exception does not mean that */
    static Wire to(Path socket) throws IOException {
        Wire wire = over(SocketChannel.open(StandardProtocolFamily.UNIX));
        try {
            if (!wire.channel.connect(UnixDomainSocketAddress.of(socket))) {
                throw new IOException("too many wait for it already");
            }
            return wire;
        } catch (IOException e) {
            wire.close();
            throw e;
        }
    }

    /** The next line without its end. @throws EOFException when it ends before */
    String readLine(int mostBytes, Duration within) throws IOException {
        long end = System.nanoTime() + within.toNanos();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        while (line.size() <= mostBytes) {
            await(SelectionKey.OP_READ, end);
            if (channel.read(buffer.clear()) < 0) {
                throw new EOFException("it hung up");
            }
            for (int at = 0; at < buffer.position(); at++) {
                if (buffer.get(at) == '\n') {
                    return line.toString(StandardCharsets.UTF_8);
                }
                line.write(buffer.get(at));
            }
        }
        throw new IOException("a line of more than " + mostBytes + " bytes");
    }

    /** @param line with its end */
    void write(String line, Duration within) throws IOException {
        long end = System.nanoTime() + within.toNanos();
        ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0) {
                await(SelectionKey.OP_WRITE, end);
            }
        }
    }

    private void await(int operation, long end) throws IOException {
        channel.keyFor(selector).interestOps(operation);
        long left = end - System.nanoTime();
        int ready = left <= 0 ? 0 : selector.select(Math.max(1, left / 1_000_000));
        selector.selectedKeys().clear();
        if (ready == 0 && System.nanoTime() - end >= 0) {
            throw new SocketTimeoutException("no answer in time");
        }
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }
}
