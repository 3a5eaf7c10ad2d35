package meshdev.report;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import meshdev.config.LogLevel;

/** How lines look in log files: {@code 2026-11-23T20:00:00.123+00:00 INFO  [shop] text}, plain whatever is in it. */
record LineFormat(ZoneId zone) {

    /** A line of mesh-dev's own. */
    CharSequence own(Instant time, LogLevel level, String project, String text) {
        StringBuilder out = begin(time, text);
        out.append(level.name());
        for (int pad = level.name().length(); pad < 6; pad++) {
            out.append(' ');
        }
        return out.append('[').append(project).append("] ").append(Sanitizer.plain(text));
    }

    /** A line an agent wrote. */
    CharSequence agent(Instant time, String line) {
        return begin(time, line).append(Sanitizer.plain(line));
    }

    /** By hand, because a formatter costs more to make than the start can spare. */
    private StringBuilder begin(Instant time, String text) {
        ZoneOffset offset = zone.getRules().getOffset(time);
        LocalDateTime local = LocalDateTime.ofEpochSecond(time.getEpochSecond(), time.getNano(), offset);
        StringBuilder out = new StringBuilder(text.length() + 64);
        out.append(local.getYear()).append('-');
        two(out, local.getMonthValue(), '-');
        two(out, local.getDayOfMonth(), 'T');
        two(out, local.getHour(), ':');
        two(out, local.getMinute(), ':');
        two(out, local.getSecond(), '.');
        int millis = time.getNano() / 1_000_000;
        out.append((char) ('0' + millis / 100));
        two(out, millis % 100, offset.getTotalSeconds() < 0 ? '-' : '+');
        int minutes = Math.abs(offset.getTotalSeconds()) / 60;
        two(out, minutes / 60, ':');
        two(out, minutes % 60, ' ');
        return out;
    }

    private static void two(StringBuilder out, int number, char then) {
        out.append((char) ('0' + number / 10)).append((char) ('0' + number % 10)).append(then);
    }
}
