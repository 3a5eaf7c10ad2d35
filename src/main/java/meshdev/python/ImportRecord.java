package meshdev.python;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What one run of an agent imported, as {@code recording.py} kept it.
 *
 * @param sources the project's files that were loaded, as they were then
 * @param imports what is written in the project's files, in order, with the time until the next one began or the
 *                agent was ready
 */
record ImportRecord(Map<Path, Source> sources, List<SlowImport> imports) {
    /** A file at one moment. */
    record Source(long modifiedNanos, long size) {
        /** Whether the file still is like that. */
        boolean isOf(Path file) {
            try {
                return Files.size(file) == size && Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS) == modifiedNanos;
            } catch (IOException e) {
                return false;
            }
        }
    }

    /**
     * What is kept so far; lines that are cut short are left out.
     *
     * @param up when the agent was ready, in nanoseconds of the monotonic clock: it ends the last import that began before
     * @throws IOException when there is nothing to read
     */
    static ImportRecord read(Path file, long up) throws IOException {
        try {
            return parse(up, new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n"));
        } catch (NumberFormatException e) {
            throw new IOException(file + " was not written by us", e);
        }
    }

    private static ImportRecord parse(long up, String... lines) {
        Map<Path, Source> sources = new LinkedHashMap<>();
        List<SlowImport> imports = new ArrayList<>();
        boolean written = false;
        String module = "";
        long begin = 0;
        long last = 0;
        for (String line : lines) {
            String[] words = line.split(" ", 4);
            if (words[0].equals("source") && words.length == 4) {
                addSource(words, sources);
            } else if (words[0].equals("at")) {
                written = true;
            } else if (words[0].equals("import") && words.length == 3) {
                last = Long.parseLong(words[1]);
                if (written) {
                    add(module, begin <= up ? Math.min(last, up) - begin : last - begin, imports);
                    module = words[2];
                    begin = last;
                }
                written = false;
            }
        }
        add(module, (begin <= up ? up : last) - begin, imports);
        return new ImportRecord(sources, imports);
    }

    private static void addSource(String[] words, Map<Path, Source> sources) {
        try {
            sources.put(Path.of(words[3]), new Source(Long.parseLong(words[1]), Long.parseLong(words[2])));
        } catch (InvalidPathException e) {
            return; // no change of such a file is ever seen
        }
    }

    private static void add(String module, long nanos, List<SlowImport> imports) {
        if (!module.isEmpty()) {
            imports.add(new SlowImport(module, Duration.ofNanos(nanos)));
        }
    }
}
