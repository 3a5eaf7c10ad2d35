package meshdev.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import meshdev.agent.Agent;
import meshdev.agent.ImportKnowledge;
import meshdev.process.RefusedThread;
import meshdev.python.Inspector;
import meshdev.python.SourceError;

/**
 * Compiles what changed before an agent is stopped for it. One thread takes all questions that wait at once, so that a file
 * which many agents import is compiled once for all of them.
 */
final class Precheck {
    /** Agents ask one question each; beyond that they go unchecked. */
    private static final int MOST_WAITING = 1000;

    private final Inspector inspector;
    private final ImportKnowledge imports;
    private final BlockingQueue<Question> questions = new LinkedBlockingQueue<>(MOST_WAITING);
    private boolean begun;

    Precheck(Inspector inspector, ImportKnowledge imports) {
        this.inspector = inspector;
        this.imports = imports;
    }

    private record Question(Agent agent, Set<Path> files, Consumer<List<SourceError>> answer) {
        boolean concerns(SourceError error) {
            return files.contains(error.file());
        }
    }

    /**
     * Checks those of the files that the agent runs. Any thread may ask.
     *
     * @param answer called once, on another thread, with the errors; without any when they could not be looked for
     */
    void check(Agent agent, Set<Path> changed, Consumer<List<SourceError>> answer) {
        Set<Path> files = new LinkedHashSet<>();
        for (Path file : changed) {
            if (isSource(file) && (file.equals(agent.file()) || imports.runs(file, agent))) {
                files.add(file);
            }
        }
        if (files.isEmpty() || !begin() || !questions.offer(new Question(agent, files, answer))) {
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
        Set<Path> files = new LinkedHashSet<>();
        batch.forEach(question -> files.addAll(question.files()));
        files.removeIf(file -> !Files.exists(file));
        List<SourceError> errors = files.isEmpty() ? List.of() : inspector.check(List.copyOf(files));
        for (Question question : batch) {
            question.answer().accept(errors.stream().filter(question::concerns).toList());
        }
    }
}
