package meshdev.python;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;

/** How values are written in the inspector's protocol. */
final class Hex {
    private Hex() {
    }

    /** Of a name that is not valid text, only what Java could make of it: such a file is answered as gone. */
    static String of(Path path) {
        return HexFormat.of().formatHex(path.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** @throws IllegalArgumentException when it is no hex */
    static String text(String hex) {
        return new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8);
    }
}
