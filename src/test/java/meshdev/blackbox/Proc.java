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
public record Proc(long pid) {

    /** Every process whose environment has this text; zombies have none. */
    public static List<Proc> withEnvironment(String text) {
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

    /** The Java processes of mesh-devs with this home. */
    static List<Proc> meshDevs(Path home) {
        return withEnvironment("MCP_MESH_HOME=" + home + "\0").stream()
                .filter(one -> one.isAlive() && one.commandLine().contains("/lib/mesh-dev.jar")).toList();
    }

    /** Its letter in {@code /proc/PID/stat}: {@code T} when stopped; {@code X} when there is none. */
    char state() {
        String stat = read("stat");
        return stat.isEmpty() ? 'X' : stat.charAt(stat.lastIndexOf(')') + 2);
    }

    /** A number of {@code /proc/PID/status}, such as {@code Threads} or {@code VmRSS} in kB; 0 when there is none. */
    long status(String field) {
        return read("status").lines().filter(line -> line.startsWith(field + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", ""))).findFirst().orElse(0);
    }

    public boolean isAlive() {
        String stat = read("stat");
        return !stat.isEmpty() && !stat.substring(stat.lastIndexOf(')')).startsWith(") Z");
    }

    /** The value of a variable at the process's start. */
    public Optional<String> variable(String name) {
        return environment().stream().filter(one -> one.startsWith(name + "=")).map(one -> one.substring(name.length() + 1))
                .findFirst();
    }

    /** {@code NAME=value}, in the order of the process. */
    List<String> environment() {
        return List.of(read("environ").split("\0"));
    }

    public String commandLine() {
        return read("cmdline").replace('\0', ' ').strip();
    }

    /** The signals that it ignores, as a bit set: bit 0 is signal 1. */
    long ignoredSignals() {
        return read("status").lines().filter(line -> line.startsWith("SigIgn:"))
                .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16)).findFirst().orElse(0);
    }

    /** Its memory that is in RAM, in kB. */
    long residentKilobytes() {
        return status("VmRSS");
    }

    /** User and system time so far, in whole hundredths of a second. */
    long cpuMillis() {
        String stat = read("stat");
        String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return 10 * (Long.parseLong(afterName[11]) + Long.parseLong(afterName[12]));
    }

    /** What one of its open descriptors leads to; empty when it is closed. */
    String descriptor(int number) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "fd", Integer.toString(number))).toString();
        } catch (IOException e) {
            return "";
        }
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

    /** How many folders it has inotify watches on. */
    long watches() {
        long watches = 0;
        try (Stream<Path> all = Files.list(Path.of("/proc", Long.toString(pid), "fdinfo"))) {
            for (Path info : all.toList()) {
                watches += read("fdinfo/" + info.getFileName()).lines().filter(line -> line.startsWith("inotify wd:")).count();
            }
        } catch (IOException e) {
            return 0;
        }
        return watches;
    }

    /** All that it has ever read from anywhere. */
    long bytesRead() {
        return read("io").lines().filter(line -> line.startsWith("rchar:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", ""))).findFirst().orElse(0);
    }

    private String read(String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
