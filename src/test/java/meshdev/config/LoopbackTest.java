package meshdev.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoopbackTest {
    @ParameterizedTest
    @CsvSource({"localhost, true", "localhost., true", "mesh.localhost, true", "127.0.0.1, true", "127.1.2.3, true", "::1, true",
            "0:0:0:0:0:0:0:1, true", "localhost.example.org, false", "127.0.0.1.example.org, false", "10.0.0.1, false",
            "registry, false", "::2, false", "::11, false", "1, false", "0.0.0.1, false", "fe80::1, false"})
    void loopbackIsToldBySpelling(String host, boolean expected) {
        assertEquals(expected, Loopback.isHost(host));
    }
}
