package meshdev.python;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Values as words of the inspector's protocol. */
final class Hex {
    private static final HexFormat FORMAT = HexFormat.of();

    private Hex() {
    }

    static String of(String value) {
        return FORMAT.formatHex(value.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws IllegalArgumentException when it is not hexadecimal */
    static String text(String word) {
        return new String(FORMAT.parseHex(word), StandardCharsets.UTF_8);
    }
}
