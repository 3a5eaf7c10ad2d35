package meshdev.control;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * Answers commands at a local socket, one client after the other on a thread of its own. A request is one line of JSON with
 * {@code version} and {@code command}, the answer is one too; who asks wrongly is told so by {@code error}.
 */
public final class ControlServer implements AutoCloseable {
    static final int VERSION = 1;
    static final int LONGEST_REQUEST = 64 * 1024;
    /** After a failure of the system to accept anybody, such as no free descriptor. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final BoundSocket socket;
    private final Map<String, Command> commands;
    private final Duration patience;
    private final CountDownLatch closing = new CountDownLatch(1);

    private ControlServer(BoundSocket socket, Map<String, Command> commands, Duration patience) {
        this.socket = socket;
        this.commands = Map.copyOf(commands);
        this.patience = patience;
    }

    /**
     * Serves until it is closed.
     *
     * @param patience how long a client may take to ask, and again to take the answer
     * @throws IOException when there can be no socket
     */
    public static ControlServer open(SocketPlace place, long pid, Map<String, Command> commands, Duration patience)
            throws IOException {
        ControlServer server = new ControlServer(BoundSocket.at(place, pid), commands, patience);
        try {
            Thread thread = new Thread(null, server::run, "control", 0);
            thread.setDaemon(true);
            thread.start();
            return server;
        } catch (OutOfMemoryError e) {
            server.close(); // no thread was to be had
            throw e;
        }
    }

    /** The file it listens at. */
    public Path file() {
        return socket.file();
    }

    private void run() {
        while (closing.getCount() > 0) {
            try (Wire client = Wire.over(accepted())) {
                client.write(Json.line(answer(client.readLine(LONGEST_REQUEST, patience))), patience);
            } catch (ClosedChannelException e) {
                continue; // ours, or the client's while it was served
            } catch (IOException e) {
                LoggerFactory.getLogger(ControlServer.class).debug("a client was not served: {}", e.toString());
            }
        }
    }

    private SocketChannel accepted() throws IOException {
        try {
            return socket.channel().accept();
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            pause();
            throw e;
        }
    }

    private void pause() {
        try {
            closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            closing.countDown();
        }
    }

    private Map<String, Object> answer(String line) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("version", VERSION);
        try {
            Map<?, ?> request = Json.object(line);
            Command command = commands.get(String.valueOf(request.get("command")));
            if (!Long.valueOf(VERSION).equals(request.get("version")) || command == null) {
                answer.put("error", "this mesh-dev does not know that request; it may be another version");
            } else {
                answer.putAll(command.answer(request));
            }
        } catch (IllegalArgumentException e) {
            answer.put("error", "no JSON: " + e.getMessage());
        } catch (RuntimeException e) {
            LoggerFactory.getLogger(ControlServer.class).error("a request could not be answered", e);
            answer.put("error", "internal error: " + e);
        }
        return answer;
    }

    /** Nobody can ask any more, and the socket is gone. */
    @Override
    public void close() {
        closing.countDown();
        try {
            socket.close();
        } catch (IOException e) {
            LoggerFactory.getLogger(ControlServer.class).debug("closing the control socket: {}", e.toString());
        }
    }
}
