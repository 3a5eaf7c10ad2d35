package meshdev.config;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Eight hexadecimal digits that tell names apart which look alike. A checksum and no cryptography: nobody gains by a
 * collision, and the first use of a message digest costs a start 20 ms.
 */
public final class ShortHash {
    private static final int DIGITS = 8;

    private ShortHash() {
    }

    public static String of(String text) {
        CRC32 checksum = new CRC32();
        checksum.update(text.getBytes(StandardCharsets.UTF_8));
        String hex = Long.toHexString(checksum.getValue());
        return "0".repeat(DIGITS - hex.length()) + hex;
    }
}
