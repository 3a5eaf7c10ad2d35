package meshdev.agent;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Says in words why a file cannot be executed. The JVM's own message is the same for a missing program, a missing
 * {@code #!} interpreter and a missing working directory, so files are looked at before they are started.
 */
final class ExecutableFile {
    /** Linux reads no more of a {@code #!} line. */
    private static final int HEAD_BYTES = 256;

    private ExecutableFile() {
    }

    /** What is wrong, as the rest of a sentence that begins with the file's name; empty when it can be started. */
    static Optional<String> problem(Path file) {
        if (!Files.exists(file)) {
            return Optional.of(missing(file));
        }
        if (Files.isDirectory(file)) {
            return Optional.of("is a directory");
        }
        if (!Files.isRegularFile(file)) {
            return Optional.of("is not a regular file");
        }
        if (!Files.isExecutable(file)) {
            return Optional.of("is not executable");
        }
        return wrongContent(file, head(file));
    }

    /** Whether the kernel starts it through another program, as it does the shims of pyenv and asdf. */
    static boolean isScript(Path file) {
        return isScript(head(file));
    }

    private static boolean isScript(byte[] head) {
        return head.length > 1 && head[0] == '#' && head[1] == '!';
    }

    private static String missing(Path file) {
        if (!Files.isSymbolicLink(file)) {
            return "does not exist";
        }
        try {
            return "is a link to " + Shown.escaped(Files.readSymbolicLink(file).toString()) + ", which does not exist";
        } catch (IOException e) {
            return "is a link that leads nowhere";
        }
    }

    private static Optional<String> wrongContent(Path file, byte[] head) {
        if (isScript(head)) {
            String interpreter = shebang(head);
            boolean found = !interpreter.isEmpty() && Files.exists(file.getFileSystem().getPath(interpreter));
            return found ? Optional.empty()
                    : Optional.of("begins with #!" + Shown.escaped(interpreter) + ", which does not exist");
        }
        return isBinary(head) || !Files.isReadable(file) ? Optional.empty()
                : Optional.of("is neither a program for this machine nor a script with a #! line");
    }

    /** The first word after {@code #!}; a carriage return stays in it, as it does for the kernel. */
    private static String shebang(byte[] head) {
        String line = new String(head, 2, head.length - 2, StandardCharsets.UTF_8);
        int start = 0;
        while (start < line.length() && (line.charAt(start) == ' ' || line.charAt(start) == '\t')) {
            start++;
        }
        int end = start;
        while (end < line.length() && " \t\n\0".indexOf(line.charAt(end)) < 0) {
            end++;
        }
        return line.substring(start, end);
    }

    /** ELF, Mach-O (thin, either byte order, and universal) and portable executables, which begin with {@code MZ}. */
    private static boolean isBinary(byte[] head) {
        if (head.length > 1 && head[0] == 'M' && head[1] == 'Z') {
            return true;
        }
        if (head.length < 4) {
            return false;
        }
        int magic = (head[0] & 255) << 24 | (head[1] & 255) << 16 | (head[2] & 255) << 8 | head[3] & 255;
        return switch (magic) {
            case 0x7f454c46, 0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe, 0xcafebabe -> true;
            default -> false;
        };
    }

    private static byte[] head(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(HEAD_BYTES);
        } catch (IOException e) {
            return new byte[0];
        }
    }
}
