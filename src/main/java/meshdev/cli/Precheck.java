package meshdev.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import meshdev.agent.Agent;
import meshdev.process.RefusedThread;
import meshdev.python.Inspector;
import meshdev.python.Runner;
import meshdev.python.SourceError;

/**
 * Compiles what changed before an agent is stopped for it. One thread takes all questions that wait at once, so that a file
 * which many agents import is compiled once for all of them.
 */
final class Precheck {
    /** Agents ask one question each; beyond that they go unchecked. */
    private static final int MOST_WAITING = 1000;

    /** What the change itself imports is read meanwhile; whose files are not known by then counts as run. */
    private static final Duration KNOWN_LIMIT = Duration.ofSeconds(1);

    private final Inspector inspector;
    private final Sources imports;
    private final BlockingQueue<Question> questions = new LinkedBlockingQueue<>(MOST_WAITING);
    private boolean begun;

    Precheck(Sources imports) {
        this.inspector = imports.inspector();
        this.imports = imports;
    }

    /** @param runner the interpreter that is to run them, when it waits already */
    private record Question(Agent agent, Set<Path> files, Optional<Runner> runner, Consumer<List<SourceError>> answer) {
        /** Whether nothing else has to be known to say which of the files the agent runs. */
        private boolean isCertain() {
            return files.equals(Set.of(agent.file()));
        }
    }

    /**
     * Checks those of the files that the agent runs. Any thread may ask.
     *
     * @param runner the interpreter that is to run them, when it waits already: then nobody else has to be asked
     * @param answer called once, on another thread, with the errors; without any when they could not be looked for
     */
    void check(Agent agent, Set<Path> changed, Optional<Runner> runner, Consumer<List<SourceError>> answer) {
        Set<Path> files = new LinkedHashSet<>(changed);
        files.removeIf(file -> !isSource(file));
        if (files.isEmpty() || !begin() || !questions.offer(new Question(agent, files, runner, answer))) {
            answer.accept(List.of());
        }
    }

    private static boolean isSource(Path file) {
        String name = file.toString();
        return name.endsWith(".py") || name.endsWith(".ipynb");
    }

    private synchronized boolean begin() {
        if (!begun) {
            try {
                Thread thread = new Thread(null, this::run, "precheck", 0);
                thread.setDaemon(true);
                thread.start();
                begun = true;
            } catch (OutOfMemoryError e) {
                return unchecked(e);
            }
        }
        return begun;
    }

    private static boolean unchecked(OutOfMemoryError e) {
        if (RefusedThread.is(e)) {
            return false;
        }
        throw e;
    }

    private void run() {
        try {
            while (true) {
                List<Question> batch = new ArrayList<>(List.of(questions.take()));
                questions.drainTo(batch);
                answer(batch);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(List<Question> batch) {
        if (!batch.stream().allMatch(Question::isCertain)) {
            awaitKnown();
        }
        List<Set<Path>> run = batch.stream().map(this::run).toList();
        if (batch.size() == 1 && batch.get(0).runner().isPresent() && run.get(0).stream().allMatch(Precheck::isPlain)) {
            askRunner(batch.get(0), run.get(0));
            return;
        }
        Set<Path> files = new LinkedHashSet<>();
        run.forEach(files::addAll);
        List<SourceError> errors = files.isEmpty() ? List.of() : inspector.check(List.copyOf(files));
        for (int i = 0; i < batch.size(); i++) {
            Set<Path> own = run.get(i);
            batch.get(i).answer().accept(errors.stream().filter(error -> own.contains(error.file())).toList());
        }
    }

    private static boolean isPlain(Path file) {
        return file.toString().endsWith(".py");
    }

    private void askRunner(Question question, Set<Path> files) {
        question.runner().get().check(List.copyOf(files)).whenComplete((errors, failure) -> question.answer().accept(
                failure == null ? errors : inspector.check(List.copyOf(files))));
    }

    private void awaitKnown() {
        try {
            imports.settled().get(KNOWN_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            return; // checked all the same
        }
    }

    /** Those files of a question that the agent runs and that exist. */
    private Set<Path> run(Question question) {
        Set<Path> run = new LinkedHashSet<>();
        for (Path file : question.files()) {
            if ((file.equals(question.agent().file()) || imports.runs(file, question.agent())) && Files.exists(file)) {
                run.add(file);
            }
        }
        return run;
    }
}
