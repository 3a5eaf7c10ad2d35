package meshdev.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Reads the memory of processes from {@code /proc}; where there is none, of nobody. */
public final class MemoryReader {
    private static final Path PROC = Path.of("/proc");
    private static final String ROLLUP = "smaps_rollup";
    private static final String FIELD = "\nPss:";
    /** Fields of {@code /proc/PID/stat}, counted from the one after the name. Source: proc(5). */
    private static final int PARENT = 1;
    private static final int GROUP = 2;

    private MemoryReader() {
    }

    /** One look at all processes, and at the pages of those asked for: about a millisecond for each of these. */
    public static MemoryUse read(Set<Long> leaders) {
        if (!Files.exists(PROC.resolve("self").resolve(ROLLUP))) {
            return new MemoryUse(Map.of(), OptionalLong.empty());
        }
        Kinship kinship = new Kinship(relatives());
        Map<Long, Long> groups = new HashMap<>();
        kinship.members(leaders).forEach((leader, members) -> {
            OptionalLong sum = sum(members);
            if (sum.isPresent()) {
                groups.put(leader, sum.getAsLong());
            }
        });
        return new MemoryUse(groups, sum(helpers(kinship, leaders)));
    }

    /** This process and its helpers, without agents that are not among the leaders: those that start or stop just now. */
    private static List<Long> helpers(Kinship kinship, Set<Long> leaders) {
        long own = ProcessHandle.current().pid();
        List<Long> helpers = new ArrayList<>(kinship.without(leaders, own));
        for (EnvironmentScan.Found agent : new EnvironmentScan(Mark.VARIABLE + "=" + own + "-").among(helpers)) {
            helpers.remove((Object) agent.pid());
        }
        return helpers;
    }

    private static List<Kinship.Relative> relatives() {
        List<Kinship.Relative> all = new ArrayList<>();
        try {
            for (long pid : LinuxProcessTable.processes()) {
                String[] stat = LinuxProcessTable.statAfterName(pid);
                if (stat.length > GROUP) {
                    all.add(new Kinship.Relative(pid, Long.parseLong(stat[PARENT]), Long.parseLong(stat[GROUP])));
                }
            }
        } catch (UnansweredException e) {
            return all; // what was seen is counted
        }
        return all;
    }

    /** Empty when nothing of any could be read: all have ended, or belong to another user. */
    private static OptionalLong sum(Collection<Long> pids) {
        long bytes = 0;
        for (long pid : pids) {
            bytes += proportional(pid);
        }
        return bytes == 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
    }

    private static long proportional(long pid) {
        try {
            return bytesIn(Files.readString(PROC.resolve(Long.toString(pid)).resolve(ROLLUP), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return 0;
        }
    }

    /** The line {@code Pss:   1234 kB}; 0 when there is none, as of a zombie. */
    static long bytesIn(String rollup) {
        int from = rollup.indexOf(FIELD);
        int to = from < 0 ? -1 : rollup.indexOf(" kB", from);
        return to < 0 ? 0 : Long.parseLong(rollup.substring(from + FIELD.length(), to).trim()) * 1024;
    }
}
