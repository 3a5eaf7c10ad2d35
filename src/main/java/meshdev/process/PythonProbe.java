package meshdev.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs a Python once to ask what it is. */
public final class PythonProbe {
    private static final int LIMIT_SECONDS = 10;
    private static final String QUESTION =
            "import sys; print(sys.executable); print('%d.%d.%d' % sys.version_info[:3])";

    private PythonProbe() {
    }

    /**
     * @param executable {@code sys.executable}, absolute
     * @param version    such as {@code 3.11.7}
     */
    public record Answer(Path executable, String version) {
    }

    /** @return empty when it does not answer as a Python would, within ten seconds */
    public static Optional<Answer> ask(Path interpreter, Map<String, String> environment, Path workingDirectory) {
        ProcessBuilder builder = new ProcessBuilder(interpreter.toString(), "-E", "-S", "-c", QUESTION);
        builder.directory(workingDirectory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return answer(process);
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** What an ended process has written; a child of its own may keep the pipe open for ever. */
    private static byte[] written(Process process) throws IOException {
        return process.getInputStream().readNBytes(process.getInputStream().available());
    }

    private static Optional<Answer> answer(Process process) throws IOException, InterruptedException {
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return Optional.empty();
        }
        String[] lines = new String(written(process), StandardCharsets.UTF_8).split("\n");
        boolean answered = process.exitValue() == 0 && lines.length == 2 && lines[0].startsWith("/");
        return answered ? Optional.of(new Answer(Path.of(lines[0]), lines[1].trim())) : Optional.empty();
    }
}
