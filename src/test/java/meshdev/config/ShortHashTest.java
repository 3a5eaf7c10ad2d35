package meshdev.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class ShortHashTest {
    @Test
    void eightDigitsThatNeverChange() {
        assertEquals("cbf43926", ShortHash.of("123456789")); // the check value of the CRC-32 catalogue
        assertEquals("00000000", ShortHash.of(""));
    }

    @Test
    void namesThatLookAlikeDiffer() {
        assertNotEquals(ShortHash.of("/home/a/shop"), ShortHash.of("/home/b/shop"));
    }
}
