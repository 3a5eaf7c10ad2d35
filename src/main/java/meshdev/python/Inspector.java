package meshdev.python;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import meshdev.imports.SourceFacts;
import meshdev.imports.SourceReader;

/**
 * Reads and checks Python sources with the agents' own interpreter, by {@code lib/inspector.py}. That program is started
 * when it is asked, and leaves when it is idle. Calls block, each within its limit; any thread may call, also while
 * another does.
 */
public final class Inspector implements SourceReader, AutoCloseable {
    private static final String FACTS = "FACTS";
    private static final Duration READ_LIMIT = Duration.ofSeconds(10);
    private static final Duration CHECK_LIMIT = Duration.ofSeconds(5);
    /** The second one is for a program that has just left. */
    private static final int TRIES = 2;
    private static final int MOST_HARD_FILES = 3;

    private final Program program;
    private final AtomicLong number = new AtomicLong();
    private Optional<Session> current = Optional.empty();
    private boolean closed;

    /**
     * How to run the inspector.
     *
     * @param environment the one agents inherit; what changes the search path of Python is left out
     * @param idle        after which it leaves
     */
    public record Program(Path interpreter, Path script, Map<String, String> environment, Path directory, Duration idle) {
        private static final String PYTHON_PATH = "PYTHONPATH";

        public Program {
            Map<String, String> without = new HashMap<>(environment);
            without.remove(PYTHON_PATH);
            environment = Map.copyOf(without);
        }

        List<String> command() {
            return List.of(interpreter.toString(), "-B", "-W", "ignore", script.toString(), Long.toString(idle.toSeconds()));
        }

        /** Its environment may hold secrets. */
        @Override
        public String toString() {
            return "Program[" + interpreter + " " + script + "]";
        }
    }

    /** An inspector that has not been started. */
    public Inspector(Program program) {
        this.program = program;
    }

    /**
     * What the interpreter adds to the search path of every program.
     *
     * @param entries  folders and archives, in order
     * @param packages editable installs: the name of a package, and where it is
     */
    public record Base(List<Path> entries, Map<String, Path> packages) {
    }

    /** @throws IOException when the interpreter does not answer */
    public Base base() throws IOException {
        Question hello = ask("HELLO", List.of(), READ_LIMIT);
        List<Path> entries = new ArrayList<>();
        Map<String, Path> packages = new LinkedHashMap<>();
        for (String word : hello.answer(0).split(" ")) {
            String[] fields = word.split(",", -1);
            if (fields[0].equals("p")) {
                entries.add(Path.of(Hex.text(fields[1])));
            } else if (fields[0].equals("m")) {
                packages.put(Hex.text(fields[1]), Path.of(Hex.text(fields[2])));
            }
        }
        return new Base(entries, packages);
    }

    @Override
    public Map<Path, SourceFacts> read(Collection<Path> files) throws IOException {
        Map<Path, SourceFacts> facts = new HashMap<>();
        List<Path> left = List.copyOf(files);
        for (int hard = 0; !left.isEmpty(); hard++) {
            Question parse = ask("PARSE", left, READ_LIMIT);
            int answered = parse.answered();
            for (int i = 0; i < answered; i++) {
                String answer = parse.answer(i);
                facts.put(left.get(i), answer.startsWith(FACTS) ? FactsWords.read(answer.substring(FACTS.length()).strip())
                        : SourceFacts.unreadable());
            }
            if (answered < left.size() && hard == MOST_HARD_FILES) {
                throw new IOException(left.get(answered) + " and other files take too long to read");
            }
            if (answered < left.size()) {
                facts.put(left.get(answered), SourceFacts.unreadable());
            }
            left = left.subList(Math.min(answered + 1, left.size()), left.size());
        }
        return facts;
    }

    /**
     * Compiles files, and runs nothing.
     *
     * @return the first error of each file that has one; a file that is gone has none
     * @throws IOException when they could not be checked in time
     */
    public List<SourceError> check(List<Path> files) throws IOException {
        Question check = ask("CHECK", files, CHECK_LIMIT);
        List<SourceError> errors = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            String[] answer = check.answer(i).split(" ", -1);
            if (answer[0].equals("ERROR")) {
                errors.add(new SourceError(files.get(i), Integer.parseInt(answer[1]), Integer.parseInt(answer[2]),
                        Integer.parseInt(answer[3]), Integer.parseInt(answer[4]), Hex.text(answer[5]), Hex.text(answer[6])));
            }
        }
        return errors;
    }

    /**
     * What a notebook runs, as a short text that differs when that does.
     *
     * @return empty when it cannot be read
     */
    public Optional<String> digest(Path notebook) throws IOException {
        String[] answer = ask("DIGEST", List.of(notebook), CHECK_LIMIT).answer(0).split(" ");
        return answer[0].equals("DIGEST") ? Optional.of(answer[1]) : Optional.empty();
    }

    /** All is answered, or the program fell silent over the first file that is not. */
    private Question ask(String kind, List<Path> files, Duration silence) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            Session session = session();
            Question question = new Question(kind, files);
            try {
                Question.End end = session.ask(Long.toString(number.incrementAndGet()), question, silence);
                if (end == Question.End.SILENT) {
                    drop(session);
                }
                if (end == Question.End.ANSWERED || end == Question.End.SILENT && question.answered() < files.size()) {
                    return question;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted");
            }
        }
        throw new IOException(program.interpreter() + " does not read sources: " + program.script().getFileName() + " ends at once");
    }

    private synchronized Session session() throws IOException {
        if (closed) {
            throw new IOException("mesh-dev ends");
        }
        if (current.isEmpty() || current.get().isOver()) {
            current = Optional.of(new Session(program));
        }
        return current.get();
    }

    private synchronized void drop(Session session) {
        session.kill();
        current = Optional.empty();
    }

    @Override
    public synchronized void close() {
        closed = true;
        current.ifPresent(Session::close);
    }
}
