package meshdev.python;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import meshdev.imports.SourceFacts;
import org.slf4j.LoggerFactory;

/**
 * Has Python sources read and checked by the interpreter that runs the agents, in one process ({@code lib/inspector.py}) that
 * is started when it is needed and leaves when it is not. Nothing of the sources is executed.
 *
 * <p>Thread-safe; every call blocks within limits. Requests of one kind wait for each other, and for no other kind. A file
 * that the process hangs or ends at twice is given up.
 */
public final class Inspector implements AutoCloseable {
    /** So many files are asked about at once; the answers fit the queue. */
    static final int MOST_FILES = 256;

    private final List<String> command;
    private final Path workingDirectory;
    private final Map<String, String> environment;
    private final Limits limits;
    private final Object[] lanes = {new Object(), new Object(), new Object(), new Object()};
    private Optional<InspectorSession> session = Optional.empty();
    private boolean closed;

    /** What is asked; each kind has its lane. One request of each fits the 64 KiB of the pipe, so sending never blocks. */
    private enum Kind {
        HELLO(0), PARSE(36 << 10), CHECK(8 << 10), SURFACE(8 << 10);

        /** A request ends with the first file that exceeds it, and a path has 8 KiB at most. */
        private final int chars;

        Kind(int chars) {
            this.chars = chars;
        }
    }

    /**
     * @param idle  the process leaves when it was not asked for so long
     * @param parse for one file
     * @param check for one file
     */
    public record Limits(Duration idle, Duration parse, Duration check) {
        public static final Limits USUAL = new Limits(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(5));
    }

    /**
     * Starts nothing yet.
     *
     * @param python           the agents' interpreter, absolute
     * @param library          mesh-dev's folder with {@code inspector.py}
     * @param environment      the agents'; {@code PYTHONPATH} and what else would change the inspector itself is left out
     * @param workingDirectory any folder that stays
     */
    public Inspector(Path python, Path library, Map<String, String> environment, Path workingDirectory) {
        this(python, library, environment, workingDirectory, Limits.USUAL);
    }

    Inspector(Path python, Path library, Map<String, String> environment, Path workingDirectory, Limits limits) {
        this.command = List.of(python.toString(), "-B", "-W", "ignore", library.resolve("inspector.py").toString(),
                Double.toString(limits.idle().toMillis() / 1000.0));
        this.workingDirectory = workingDirectory;
        this.environment = new HashMap<>(environment);
        for (String name : new String[] {"PYTHONPATH", "PYTHONSTARTUP", "PYTHONINSPECT", "PYTHONWARNINGS", "PYTHONVERBOSE",
            "PYTHONPROFILEIMPORTTIME", "PYTHONOPTIMIZE", "PYTHONDEBUG", "PYTHONTRACEMALLOC", "PYTHONDEVMODE"}) {
            this.environment.remove(name);
        }
        this.limits = limits;
    }

    /** What each file says about imports; one that cannot be read or parsed is {@link SourceFacts#unreadable}. */
    public Map<Path, SourceFacts> parse(List<Path> files) {
        Map<Path, SourceFacts> facts = new LinkedHashMap<>();
        files.forEach(file -> facts.put(file, SourceFacts.unreadable()));
        ask(Kind.PARSE, limits.parse(), List.copyOf(facts.keySet()), (file, words) -> {
            if (words[0].equals("FACTS")) {
                facts.put(file, Answers.facts(tail(words)));
            }
        });
        return facts;
    }

    /**
     * The files that cannot be compiled, in the order given. One that is gone has no error, and neither has one that could
     * not be looked at within the limit: whoever runs it will see.
     */
    public List<SourceError> check(List<Path> files) {
        List<SourceError> errors = new ArrayList<>();
        ask(Kind.CHECK, limits.check(), files, (file, words) -> {
            if (words[0].equals("ERROR")) {
                errors.add(Answers.error(file, tail(words)));
            } else if (words[0].equals("FAILED")) {
                LoggerFactory.getLogger(Inspector.class).warn("{} is not checked: {}", file, Hex.text(words[1]));
            }
        });
        return errors;
    }

    /** The import surface of each file that has one; see {@code surface.py}. */
    public Map<Path, String> surfaces(List<Path> files) {
        Map<Path, String> surfaces = new HashMap<>();
        ask(Kind.SURFACE, limits.check(), files, (file, words) -> Answers.surface(words).ifPresent(surface -> surfaces.put(file, surface)));
        return surfaces;
    }

    /** Where the interpreter looks for modules; {@link SearchPath#UNKNOWN} when it does not answer. */
    public SearchPath searchPath() {
        for (int attempt = 0; attempt < 2; attempt++) {
            try (InspectorSession.Exchange exchange = session().ask(Kind.HELLO.name(), "")) {
                InspectorSession.Reply reply = exchange.next(limits.parse());
                if (reply.outcome() == InspectorSession.Outcome.ANSWER) {
                    return Answers.searchPath(tail(reply.words()));
                }
                drop();
            } catch (IOException e) {
                failed(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return SearchPath.UNKNOWN;
            }
        }
        return SearchPath.UNKNOWN;
    }

    /** Ends the process; what is asked meanwhile or later is not answered. */
    @Override
    public synchronized void close() {
        closed = true;
        drop();
    }

    /** Empty while no process lives. */
    synchronized OptionalLong pid() {
        return session.isPresent() && !session.get().isOver() ? OptionalLong.of(session.get().pid()) : OptionalLong.empty();
    }

    /** Asks about all files in turn, and gives each answer, without its number, to the sink. */
    private void ask(Kind kind, Duration limit, List<Path> files, BiConsumer<Path, String[]> sink) {
        synchronized (lanes[kind.ordinal()]) {
            int at = 0;
            int ends = 0;
            while (at < files.size() && ends < 2 && !Thread.currentThread().isInterrupted()) {
                List<Path> some = portion(kind, files.subList(at, files.size()));
                Progress progress = converse(kind, limit, some, sink);
                ends = progress.answered() > 0 ? 0 : ends;
                at += progress.answered();
                if (progress.outcome() == InspectorSession.Outcome.ENDED && ++ends == 2 && progress.started()) {
                    at++; // it ends wherever this file is looked at
                    ends = 0;
                } else if (progress.outcome() == InspectorSession.Outcome.TIMEOUT && at < files.size()) {
                    LoggerFactory.getLogger(Inspector.class).warn("{} took longer than {}", files.get(at), limit);
                    at++;
                }
            }
        }
    }

    /** @param started false when there was no process to ask */
    private record Progress(InspectorSession.Outcome outcome, int answered, boolean started) {
    }

    private Progress converse(Kind kind, Duration limit, List<Path> files, BiConsumer<Path, String[]> sink) {
        int answered = 0;
        try (InspectorSession.Exchange exchange = session().ask(kind.name(), values(files))) {
            while (true) {
                InspectorSession.Reply reply = exchange.next(limit);
                if (reply.outcome() != InspectorSession.Outcome.ANSWER) {
                    if (reply.outcome() != InspectorSession.Outcome.DONE) {
                        drop();
                    }
                    return new Progress(reply.outcome(), answered, true);
                }
                sink.accept(files.get(answered++), tail(reply.words()));
            }
        } catch (IOException e) {
            failed(e);
            return new Progress(InspectorSession.Outcome.ENDED, answered, false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Progress(InspectorSession.Outcome.DONE, answered, true);
        }
    }

    private static List<Path> portion(Kind kind, List<Path> files) {
        int count = 0;
        int chars = 0;
        while (count < Math.min(files.size(), MOST_FILES) && (count == 0 || chars < kind.chars)) {
            chars += files.get(count++).toString().length() * 2;
        }
        return files.subList(0, count);
    }

    private static String values(List<Path> files) {
        StringBuilder values = new StringBuilder();
        files.forEach(file -> values.append(' ').append(Hex.of(file.toAbsolutePath().toString())));
        return values.toString();
    }

    private synchronized InspectorSession session() throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        if (session.isEmpty() || session.get().isOver()) {
            session = Optional.of(new InspectorSession(command, workingDirectory, environment));
        }
        return session.get();
    }

    private synchronized void drop() {
        session.ifPresent(InspectorSession::close);
        session = Optional.empty();
    }

    private void failed(IOException e) {
        LoggerFactory.getLogger(Inspector.class).debug("the inspector cannot be asked", e);
        drop();
    }

    private static String[] tail(String[] words) {
        return Arrays.copyOfRange(words, 1, words.length);
    }
}
