package meshdev.agent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the Python version that a virtual environment notes about itself, which saves starting it to ask. */
final class VenvVersion {
    private VenvVersion() {
    }

    /** The version of the environment whose {@code bin} folder holds this interpreter; empty when it is in none. */
    static Optional<String> of(Path interpreter) {
        Path bin = interpreter.getParent();
        if (bin == null || bin.getParent() == null) {
            return Optional.empty();
        }
        try {
            return in(new String(Files.readAllBytes(bin.resolveSibling("pyvenv.cfg")), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** {@code version} is written by venv, {@code version_info} by virtualenv and uv, which add words to the number. */
    private static Optional<String> in(String configuration) {
        for (String line : configuration.split("\n")) {
            int equals = line.indexOf('=');
            String key = equals < 0 ? "" : line.substring(0, equals).strip();
            if (key.equals("version") || key.equals("version_info")) {
                String version = number(line.substring(equals + 1).strip());
                return version.isEmpty() ? Optional.empty() : Optional.of(version);
            }
        }
        return Optional.empty();
    }

    /** {@code 3.11.7} of {@code 3.11.7.final.0}. */
    private static String number(String text) {
        int end = 0;
        int dots = 0;
        while (end < text.length() && (Character.isDigit(text.charAt(end)) || text.charAt(end) == '.' && ++dots <= 2)) {
            end++;
        }
        String number = text.substring(0, end);
        return number.endsWith(".") ? number.substring(0, end - 1) : number;
    }
}
