package meshdev.process;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Searches the environments of all processes for an entry that begins in a certain way. Linux only; what belongs to
 * other users is not seen. Takes about a millisecond per hundred processes.
 */
final class EnvironmentScan {
    private static final int CHUNK = 16 * 1024;

    private final byte[] entry;
    private byte[] buffer = new byte[CHUNK];

    /** @param beginning of an entry, such as {@code NAME=val} */
    EnvironmentScan(String beginning) {
        this.entry = beginning.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The rest of the entry for each process that has it, beside its number. */
    record Found(long pid, String rest) {
    }

    List<Found> among(List<Long> processes) {
        List<Found> found = new ArrayList<>();
        for (long pid : processes) {
            int length = read(pid);
            int at = indexOfEntry(length);
            if (at >= 0) {
                found.add(new Found(pid, rest(at + entry.length, length)));
            }
        }
        return found;
    }

    /** How much of the buffer holds the process's environment; 0 when it is gone, a zombie, or another user's. */
    private int read(long pid) {
        try (FileInputStream in = new FileInputStream("/proc/" + pid + "/environ")) {
            int length = 0;
            for (int more = in.read(buffer); more > 0; more = in.read(buffer, length, buffer.length - length)) {
                length += more;
                if (length == buffer.length) {
                    buffer = Arrays.copyOf(buffer, 2 * length);
                }
            }
            return length;
        } catch (IOException e) {
            return 0;
        }
    }

    private int indexOfEntry(int length) {
        for (int at = 0; at + entry.length <= length; at = next(at, length)) {
            if (Arrays.equals(buffer, at, at + entry.length, entry, 0, entry.length)) {
                return at;
            }
        }
        return -1;
    }

    private int next(int at, int length) {
        int end = at;
        while (end < length && buffer[end] != 0) {
            end++;
        }
        return end + 1;
    }

    private String rest(int from, int length) {
        int end = next(from, length) - 1;
        return new String(buffer, from, end - from, StandardCharsets.UTF_8);
    }
}
