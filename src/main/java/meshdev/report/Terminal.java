package meshdev.report;

import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Where console lines go and what can be shown there.
 *
 * @param out     written to with whole lines, many at once; see {@link StandardOutput}
 * @param charset the terminal's; anything but UTF-8 gets ASCII
 * @param layout  how lines look
 */
public record Terminal(OutputStream out, Charset charset, ConsoleLayout layout) {

    byte[] encode(CharSequence text) {
        if (charset.equals(StandardCharsets.UTF_8)) {
            return text.toString().getBytes(StandardCharsets.UTF_8);
        }
        StringBuilder ascii = new StringBuilder(text.length() + 16);
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c < 0x80) {
                ascii.append(c);
            } else if (!Character.isLowSurrogate(c)) {
                ascii.append(replacement(c));
            }
        }
        return ascii.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static String replacement(char c) {
        return switch (c) {
            case '…' -> "...";
            case '·', '–', '—', '•' -> "-";
            case '→' -> "->";
            case '×' -> "x";
            case '“', '”' -> "\"";
            case '‘', '’' -> "'";
            case '\u00a0' -> " ";
            default -> "?";
        };
    }
}
