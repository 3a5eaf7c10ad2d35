package meshdev.blackbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What Linux tells about a process in {@code /proc}. A process that is gone has nothing but empty answers. */
record Proc(long pid) {

    /** Every process whose environment has this text; zombies have none. */
    static List<Proc> withEnvironment(String text) {
        List<Proc> found = new ArrayList<>();
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            for (Path path : all.toList()) {
                String name = path.getFileName().toString();
                if (name.chars().allMatch(Character::isDigit)) {
                    Proc process = new Proc(Long.parseLong(name));
                    if (process.read("environ").contains(text)) {
                        found.add(process);
                    }
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return found;
    }

    boolean isAlive() {
        String stat = read("stat");
        return !stat.isEmpty() && !stat.substring(stat.lastIndexOf(')')).startsWith(") Z");
    }

    /** The value of a variable at the process's start. */
    Optional<String> variable(String name) {
        return environment().stream().filter(one -> one.startsWith(name + "=")).map(one -> one.substring(name.length() + 1))
                .findFirst();
    }

    /** {@code NAME=value}, in the order of the process. */
    List<String> environment() {
        return List.of(read("environ").split("\0"));
    }

    String commandLine() {
        return read("cmdline").replace('\0', ' ').strip();
    }

    /** The signals that it ignores, as a bit set: bit 0 is signal 1. */
    long ignoredSignals() {
        return read("status").lines().filter(line -> line.startsWith("SigIgn:"))
                .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16)).findFirst().orElse(0);
    }

    /** What its open descriptors lead to. */
    List<String> descriptors() {
        List<String> targets = new ArrayList<>();
        try (Stream<Path> all = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            for (Path link : all.toList()) {
                targets.add(Files.readSymbolicLink(link).toString());
            }
        } catch (IOException e) {
            return targets;
        }
        return targets;
    }

    private String read(String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
