package meshdev.blackbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A running mesh-dev, or a script that runs one: what it prints, signals to it, and its end. */
public final class MeshDev {
    private final Process process;
    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private final List<Thread> readers;

    /**
     * A line of output.
     *
     * @param nanos {@link System#nanoTime()} when it was read
     */
    public record Line(long nanos, boolean error, String text) {
    }

    MeshDev(ProcessBuilder builder) {
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        readers = List.of(reader(process.getInputStream(), false), reader(process.getErrorStream(), true));
    }

    private Thread reader(InputStream stream, boolean error) {
        Thread thread = new Thread(() -> read(stream, error), "output of " + process.pid());
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void read(InputStream stream, boolean error) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.add(new Line(System.nanoTime(), error, line));
            }
        } catch (IOException e) {
            lines.add(new Line(System.nanoTime(), error, "(reading failed: " + e + ")"));
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for a line with this text. */
    public Line await(String text) {
        return await(text, 1);
    }

    /** Waits until so many lines have this text; returns the last of them. */
    public Line await(String text, int times) {
        Patience.until(times + " × \"" + text + "\"", () -> count(text) >= times || !isAlive(), this::output);
        Patience.until(times + " × \"" + text + "\" before the end", Duration.ofSeconds(2), () -> count(text) >= times,
                this::output);
        return lines.stream().filter(line -> line.text().contains(text)).skip(times - 1L).findFirst().orElseThrow();
    }

    /** How many of mesh-dev's own lines complete a reload of the agent. */
    public long reloads(String agent) {
        return lines.stream().filter(line -> line.text().matches("mesh-dev +\\| Reload completed: " + agent + " in .*")).count();
    }

    public void awaitReloads(String agent, int times) {
        Patience.until(times + " reloads of " + agent, () -> reloads(agent) >= times, this::output);
    }

    public long count(String text) {
        return lines.stream().filter(line -> line.text().contains(text)).count();
    }

    public List<Line> lines() {
        return List.copyOf(lines);
    }

    /** All standard output, or all standard error. */
    public String text(boolean error) {
        StringBuilder text = new StringBuilder();
        lines.stream().filter(line -> line.error() == error).forEach(line -> text.append(line.text()).append('\n'));
        return text.toString();
    }

    /** The last lines of both streams, for messages. */
    public String output() {
        List<String> texts = lines.stream().map(line -> shortened(line.text())).toList();
        return "--- mesh-dev (pid " + pid() + ") said ---\n"
                + String.join("\n", texts.subList(Math.max(0, texts.size() - 60), texts.size()));
    }

    /** How it ended and what it said last, for messages. */
    String ending() {
        return (isAlive() ? "no end" : "exit code " + process.exitValue()) + "\n" + output();
    }

    private static String shortened(String line) {
        return line.length() <= 300 ? line : line.substring(0, 300) + "…";
    }

    /** Types into its terminal. */
    void type(String keys) {
        try {
            process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a signal, such as {@code INT}, to this one process. */
    public void signal(String name) {
        signal(name, pid());
    }

    public static void signal(String name, long pid) {
        if (pid <= 1) {
            throw new IllegalArgumentException("not one process: " + pid);
        }
        try {
            new ProcessBuilder("/bin/kill", "-s", name, Long.toString(pid)).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the end and all output; returns the exit code. */
    public int awaitExit() {
        return awaitExit(Patience.LIMIT);
    }

    public int awaitExit(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("still runs after " + limit.toMillis() + " ms\n" + output());
            }
            for (Thread reader : readers) {
                reader.join(2000);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Ends it politely, then not; true when it went politely. */
    boolean end() {
        if (isAlive()) {
            signal("TERM");
        }
        boolean ended = Patience.within(Duration.ofSeconds(15), () -> !isAlive());
        if (!ended) {
            process.destroyForcibly();
            Patience.within(Duration.ofSeconds(5), () -> !isAlive());
        }
        return ended;
    }
}
