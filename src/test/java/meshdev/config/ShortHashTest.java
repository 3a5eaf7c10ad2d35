package meshdev.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ShortHashTest {
    @Test
    void itIsTheBeginningOfSha256AtEveryLength() throws Exception {
        MessageDigest jdk = MessageDigest.getInstance("SHA-256");
        StringBuilder text = new StringBuilder();
        for (int length = 0; length < 200; length++) {
            byte[] digest = jdk.digest(text.toString().getBytes(StandardCharsets.UTF_8));
            assertEquals(HexFormat.of().formatHex(digest, 0, 4), ShortHash.of(text.toString()));
            text.append(length % 7 == 0 ? '\u00e9' : (char) ('a' + length % 26));
        }
    }
}
