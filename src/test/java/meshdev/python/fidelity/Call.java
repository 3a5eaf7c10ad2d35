package meshdev.python.fidelity;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import meshdev.python.Pythons;

/**
 * How an agent is run.
 *
 * @param words   its file and its arguments
 * @param record  of its imports
 * @param options of the runner
 */
record Call(Path python, Path folder, Map<String, String> environment, List<String> words, Path record, List<String> options) {
    private static final Path RUNNER = Pythons.LIBRARY.resolve("runner.py");
    private static final File NO_INPUT = new File("/dev/null");

    static Call of(Project project, Object... words) {
        Map<String, String> environment = Map.of("PATH", System.getenv("PATH"), "HOME", System.getenv("HOME"), "LANG", "C.UTF-8");
        return new Call(project.python(), project.folder(), environment, Arrays.stream(words).map(Object::toString).toList(),
                project.root().resolve("imports"), List.of());
    }

    Call with(String... namesAndValues) {
        Map<String, String> more = new HashMap<>(environment);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            more.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Call(python, folder, more, words, record, options);
    }

    Call in(Path other) {
        return new Call(python, other, environment, words, record, options);
    }

    /** The same with arguments or another file. */
    Call of(Object... other) {
        return new Call(python, folder, environment, Arrays.stream(other).map(Object::toString).toList(), record, options);
    }

    /** Its imports are kept elsewhere. */
    Call recordedIn(Path other) {
        return new Call(python, folder, environment, words, other, options);
    }

    /** SIGTERM ends it as {@code sys.exit()} would, unless it is run cold. */
    Call terminable() {
        return new Call(python, folder, environment, words, record, List.of("--terminate"));
    }

    /** Starts it; it runs from now on. */
    Running start(Mode mode) throws IOException {
        return mode == Mode.COLD ? cold() : wait(mode).go();
    }

    Outcome run(Mode mode) throws Exception {
        return start(mode).end();
    }

    private Running cold() throws IOException {
        List<String> command = new ArrayList<>(List.of(python.toString()));
        command.addAll(words);
        return new Running(builder(command).redirectInput(Redirect.from(NO_INPUT)).start());
    }

    /** Starts it with a pipe as its input. */
    Running piped() throws IOException {
        List<String> command = new ArrayList<>(List.of(python.toString()));
        command.addAll(words);
        return new Running(builder(command).start());
    }

    /** Starts an interpreter that waits to run it. */
    Waiting wait(Mode mode) throws IOException {
        String nonce = Long.toHexString(System.nanoTime());
        List<String> command = new ArrayList<>(List.of(python.toString(), RUNNER.toString(), nonce));
        mode.option().ifPresent(option -> command.addAll(List.of(option, record.toString())));
        command.addAll(options);
        command.addAll(words);
        return new Waiting(new Running(builder(command).start()), nonce);
    }

    private ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder;
    }
}
