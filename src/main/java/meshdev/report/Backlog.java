package meshdev.report;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** What one name has in a {@link LineQueue}, and how much of it was dropped; guarded by that queue. */
final class Backlog {
    static final Duration REPORT_EVERY = Duration.ofSeconds(1);

    private final String name;
    private int lines;
    private int chars;
    private long dropped;
    private Instant reported = Instant.MIN;

    Backlog(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /** Whether another line of this length stays within the bounds. */
    boolean fits(int length, int maxLines, int maxChars) {
        return lines < maxLines && chars + length <= maxChars;
    }

    void add(int length) {
        lines++;
        chars += length;
    }

    void remove(int length) {
        lines--;
        chars -= length;
    }

    void drop() {
        dropped++;
    }

    boolean hasDropped() {
        return dropped > 0;
    }

    /** Whether something was dropped, and the last report isn't too fresh. */
    boolean isReportDue(InstantSource clock) {
        return dropped > 0 && !clock.instant().isBefore(reported.plus(REPORT_EVERY));
    }

    /** How many lines were dropped since the last report: {@code … 1 200 lines}. */
    String report(InstantSource clock) {
        StringBuilder text = new StringBuilder("… ");
        appendGrouped(text, dropped);
        text.append(dropped == 1 ? " line" : " lines");
        dropped = 0;
        reported = clock.instant();
        return text.toString();
    }

    private static void appendGrouped(StringBuilder out, long number) {
        if (number < 1000) {
            out.append(number);
            return;
        }
        appendGrouped(out, number / 1000);
        long rest = number % 1000;
        out.append(' ').append(rest / 100).append(rest / 10 % 10).append(rest % 10);
    }
}
