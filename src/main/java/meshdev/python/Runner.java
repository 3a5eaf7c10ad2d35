package meshdev.python;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import meshdev.process.AgentProcess;
import meshdev.process.LaunchException;
import meshdev.process.LaunchSpec;
import meshdev.process.ProcessListener;
import meshdev.process.Processes;
import meshdev.process.Standby;

/**
 * The Java side of {@code lib/runner.py}: an interpreter that waits, answers questions about the sources it is to run, and
 * becomes the agent when it is told to. Nothing here blocks; what it is asked is answered by a future that fails within a limit.
 *
 * <p>Thread-safe.
 */
public final class Runner {
    private static final Duration CHECK_LIMIT = Duration.ofSeconds(5);
    private static final Duration VERIFY_LIMIT = Duration.ofSeconds(2);
    /** Of names of files looked at beforehand, in bytes: requests wait in a pipe, which must never be full. */
    private static final int MOST_FORESEEN = 8 << 10;
    private static final String NO_PRELOAD = "-";

    private final Map<String, Request> requests = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final CompletableFuture<Readiness> readiness = new CompletableFuture<>();
    private final Standby process;

    /**
     * What it does before it waits, and how it begins.
     *
     * @param preload    the {@link ImportRecord file} of what it imports beforehand
     * @param record     where to keep what the agent imports
     * @param terminable SIGTERM ends the agent as {@code sys.exit()} would
     */
    public record Task(Optional<Path> preload, Optional<Path> record, boolean terminable) {
    }

    /**
     * What became of its preparation.
     *
     * @param isFit     false when it has ended, or must not be used
     * @param preloaded how many modules were imported beforehand
     * @param kilobytes of memory it holds; 0 when that is not known
     * @param note      for users, what kept other modules or all of them from being preloaded; empty for nothing
     */
    public record Readiness(boolean isFit, int preloaded, long kilobytes, String note) {
        private static Readiness unfit(String why) {
            return new Readiness(false, 0, 0, why);
        }
    }

    /** A question under way and the answers so far. Changed by the thread that reads them. */
    private record Request(List<String[]> answers, CompletableFuture<List<String[]>> done) {
    }

    /**
     * Starts an interpreter.
     *
     * @param cold    how the agent is run without a runner: the interpreter, the agent's file, arguments
     * @param library mesh-dev's folder with {@code runner.py}
     * @throws LaunchException when it could not be started; nothing runs then
     */
    public Runner(LaunchSpec cold, Path library, Task task, Processes processes) throws LaunchException {
        String nonce = Long.toHexString(ThreadLocalRandom.current().nextLong());
        List<String> command = new ArrayList<>(List.of(cold.command().get(0), library.resolve("runner.py").toString(), nonce));
        task.record().ifPresent(file -> command.addAll(List.of("--record", file.toString())));
        task.preload().ifPresent(file -> command.addAll(List.of("--preload", file.toString())));
        if (task.terminable()) {
            command.add("--terminate");
        }
        command.addAll(cold.command().subList(1, cold.command().size()));
        LaunchSpec spec = new LaunchSpec(cold.name(), command, cold.workingDirectory(), cold.environment(), cold.stopRule());
        this.process = processes.standby(spec, "\u001e" + nonce + " ", new Ear());
    }

    public long pid() {
        return process.pid();
    }

    /** Completed when it waits, or has ended before; never with a failure, and without a limit. */
    public CompletableFuture<Readiness> readiness() {
        return readiness;
    }

    /** Whether it waits to be asked or to go. */
    public boolean isReady() {
        return readiness.isDone() && readiness.join().isFit();
    }

    /** The files that cannot be compiled. One that is gone or cannot be looked at has no error: whoever runs it will see. */
    public CompletableFuture<List<SourceError>> check(List<Path> files) {
        return ask("CHECK", files, CHECK_LIMIT).thenApply(answers -> {
            List<SourceError> errors = new ArrayList<>();
            for (String[] words : answers) {
                if (words[1].equals("ERROR")) {
                    errors.add(Answers.error(files.get(Integer.parseInt(words[0])), tail(words)));
                }
            }
            return errors;
        });
    }

    /**
     * Has it look at files about which it will be asked, perhaps before it is ready: what it found then it knows as long as they
     * are the same to the byte.
     *
     * @param surfaces whether it will be asked for these too
     */
    public void foresee(List<Path> files, boolean surfaces) {
        int length = files.stream().mapToInt(file -> 2 * file.toString().length()).sum();
        if (files.isEmpty() || length > MOST_FORESEEN || !requests.isEmpty()) {
            return;
        }
        check(files);
        if (surfaces) {
            surfaces(files);
        }
    }

    /** The import surface of each file that has one; see {@code surface.py}. */
    public CompletableFuture<Map<Path, String>> surfaces(List<Path> files) {
        return ask("SURFACE", files, CHECK_LIMIT).thenApply(answers -> {
            Map<Path, String> surfaces = new HashMap<>();
            for (String[] words : answers) {
                Answers.surface(tail(words, 1)).ifPresent(surface -> surfaces.put(files.get(Integer.parseInt(words[0])), surface));
            }
            return surfaces;
        });
    }

    /** Why what it has loaded is not what an import would find now; empty when it is. */
    public CompletableFuture<Optional<String>> staleness() {
        return ask("VERIFY", List.of(), VERIFY_LIMIT).thenApply(answers -> answers.stream()
                .filter(words -> words[1].equals("STALE")).map(words -> Hex.text(words[2])).findFirst());
    }

    /**
     * Makes it the agent, with more variables set.
     *
     * @return empty when it has ended
     */
    public Optional<AgentProcess> go(Map<String, String> variables, ProcessListener listener) {
        StringBuilder line = new StringBuilder("GO");
        variables.forEach((name, value) -> line.append(' ').append(Hex.of(name)).append('=').append(Hex.of(value)));
        return process.release(line.toString(), listener);
    }

    /** Ends it at once, unless it is the agent. */
    public void end() {
        process.end();
    }

    private CompletableFuture<List<String[]>> ask(String kind, List<Path> files, Duration limit) {
        String id = Long.toString(numbers.incrementAndGet());
        Request request = new Request(new ArrayList<>(), new CompletableFuture<>());
        requests.put(id, request);
        StringBuilder line = new StringBuilder(kind).append(' ').append(id);
        files.forEach(file -> line.append(' ').append(Hex.of(file.toAbsolutePath().toString())));
        try {
            process.send(line.toString());
        } catch (IOException e) {
            request.done().completeExceptionally(e);
        }
        if (readiness.isDone() && !isReady()) {
            request.done().completeExceptionally(new IOException("it has ended"));
        }
        return request.done().orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS).whenComplete((answers, error) -> requests.remove(id));
    }

    private static String[] tail(String... words) {
        return tail(words, 2);
    }

    private static String[] tail(String[] words, int from) {
        return Arrays.copyOfRange(words, from, words.length);
    }

    /** Hears the process. */
    private final class Ear implements Standby.Listener {
        @Override
        public void said(String said) {
            String[] words = said.split(" ");
            switch (words[0]) {
                case "READY" -> readiness.complete(new Readiness(true, Integer.parseInt(words[1]), Long.parseLong(words[2]),
                        words[3].equals(NO_PRELOAD) ? "" : Hex.text(words[3])));
                case "UNFIT" -> readiness.complete(Readiness.unfit(Hex.text(words[1])));
                default -> answered(words);
            }
        }

        private void answered(String... words) {
            Request request = requests.get(words[0]);
            if (request == null) {
                return; // it came too late
            }
            if (words[1].equals("DONE")) {
                request.done().complete(request.answers());
            } else {
                request.answers().add(Arrays.copyOfRange(words, 1, words.length));
            }
        }

        @Override
        public void ended() {
            readiness.complete(Readiness.unfit("it ended"));
            requests.values().forEach(request -> request.done().completeExceptionally(new IOException("it has ended")));
        }
    }
}
