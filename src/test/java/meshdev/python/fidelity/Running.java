package meshdev.python.fidelity;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** A process whose output is kept. One that lives for a minute is killed. */
final class Running {
    private static final Executor LATE = CompletableFuture.delayedExecutor(60, TimeUnit.SECONDS);

    private final Process process;
    private final InputStream out;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> err;

    Running(Process process) {
        this.process = process;
        this.out = process.getInputStream();
        this.err = CompletableFuture.supplyAsync(() -> all(process.getErrorStream()), runnable -> new Thread(runnable).start());
        LATE.execute(process::destroyForcibly);
    }

    long pid() {
        return process.pid();
    }

    OutputStream input() {
        return process.getOutputStream();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The next line of its output, with its end; shorter at the end of all. */
    String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = 0;
        while (next != '\n') {
            next = out.read();
            if (next < 0) {
                break;
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    /** Waits for a line of its output. */
    Running until(String wanted) throws IOException {
        String line = "";
        while (!line.equals(wanted + "\n")) {
            line = line();
            if (line.isEmpty()) {
                throw new IllegalStateException("it ended without " + wanted + ": " + text(err.join()));
            }
            said.writeBytes(line.getBytes(StandardCharsets.ISO_8859_1));
        }
        return this;
    }

    /** What it has printed already. */
    Running after(String early) {
        said.writeBytes(early.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    Running signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("/bin/kill", "-s", name, Long.toString(pid())).start().waitFor();
        return this;
    }

    /** Waits for its end. */
    Outcome end() throws IOException, InterruptedException {
        said.writeBytes(out.readAllBytes());
        return new Outcome(process.waitFor(), said.toString(StandardCharsets.ISO_8859_1), text(err.join()));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static byte[] all(InputStream in) {
        try {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
