package meshdev.process;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Turns chunks of a process's output into lines without ever holding more than {@link #MAX_LINE_BYTES} of one.
 *
 * <p>A line ends at {@code \n}, {@code \r\n} or a lone {@code \r}, which is how progress bars redraw themselves; a
 * redraw of nothing gives no line. Bytes are decoded as UTF-8 a line at a time, so chunk borders don't matter, and what is
 * no UTF-8 becomes U+FFFD. The rest of a longer line is counted, not kept: its beginning is emitted with the
 * number of bytes cut when its end arrives. Used by one thread.
 */
final class LineSplitter {
    /** What is kept of one line, in bytes. */
    static final int MAX_LINE_BYTES = 16 * 1024;

    private static final int FIRST_CAPACITY = 256;

    /** What the last byte was, as far as the next one's meaning depends on it. */
    private enum After { TEXT, RETURN_OF_LINE, RETURN_OF_NOTHING }

    private final Consumer<String> lines;
    private byte[] kept = new byte[FIRST_CAPACITY];
    private int length;
    private long cut;
    private After after = After.TEXT;

    /** @param lines is given each line without its end, on the feeding thread */
    LineSplitter(Consumer<String> lines) {
        this.lines = lines;
    }

    /** Takes the next bytes; nothing of the array is used after the call. */
    void feed(byte[] bytes, int offset, int count) {
        int end = offset + count;
        int start = offset;
        for (int at = offset; at < end; at++) {
            byte b = bytes[at];
            if (b == '\n' || b == '\r') {
                endLine(bytes, start, at, b);
                start = at + 1;
            }
        }
        if (start < end) {
            keep(bytes, start, end);
            after = After.TEXT;
        }
    }

    /** Emits what has no line end yet; call it when the output is over. */
    void finish() {
        if (length > 0) {
            emit(kept, 0, length);
        }
        after = After.TEXT;
    }

    private void endLine(byte[] bytes, int start, int end, byte terminator) {
        boolean empty = start == end && length == 0;
        if (!empty) {
            emitWith(bytes, start, end);
            after = terminator == '\r' ? After.RETURN_OF_LINE : After.TEXT;
        } else if (terminator == '\n') {
            if (after != After.RETURN_OF_LINE) {
                lines.accept("");
            }
            after = After.TEXT;
        } else if (after == After.TEXT) {
            after = After.RETURN_OF_NOTHING;
        }
    }

    private void emitWith(byte[] bytes, int start, int end) {
        if (length == 0 && end - start <= MAX_LINE_BYTES) {
            emit(bytes, start, end - start);
        } else {
            keep(bytes, start, end);
            emit(kept, 0, length);
        }
    }

    private void keep(byte[] bytes, int start, int end) {
        int room = Math.min(MAX_LINE_BYTES - length, end - start);
        if (length + room > kept.length) {
            kept = Arrays.copyOf(kept, Math.min(MAX_LINE_BYTES, Math.max(length + room, kept.length * 2)));
        }
        System.arraycopy(bytes, start, kept, length, room);
        length += room;
        cut += end - start - room;
    }

    private void emit(byte[] bytes, int start, int count) {
        int whole = cut == 0 ? count : wholeCharacters(bytes, count);
        String line = new String(bytes, start, whole, StandardCharsets.UTF_8);
        long lost = cut == 0 ? 0 : cut + count - whole;
        length = 0;
        cut = 0;
        lines.accept(lost == 0 ? line : line + " … [" + lost + " bytes cut]");
    }

    /** The count without a character the cut went through: one that begins in the last three bytes and needs more. */
    private static int wholeCharacters(byte[] bytes, int count) {
        for (int back = 1; back <= 3; back++) {
            int b = bytes[count - back] & 0xff;
            if (b < 0x80) {
                return count;
            }
            if (b >= 0xc0) {
                int needs = b >= 0xf0 ? 4 : b >= 0xe0 ? 3 : 2;
                return needs > back ? count - back : count;
            }
        }
        return count;
    }
}
