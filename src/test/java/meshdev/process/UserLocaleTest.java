package meshdev.process;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

final class UserLocaleTest {
    @Test
    void givesBackTheValueTheUserHad() {
        assertEquals(Map.of("LC_ALL", "de_DE.UTF-8"), restored(Map.of("LC_ALL", "C.UTF-8", "MESH_DEV_LC_ALL", "set:de_DE.UTF-8")));
    }

    @Test
    void givesBackAnEmptyValue() {
        assertEquals(Map.of("LC_ALL", ""), restored(Map.of("LC_ALL", "C.UTF-8", "MESH_DEV_LC_ALL", "set:")));
    }

    @Test
    void unsetsWhatWasUnset() {
        assertEquals(Map.of("LANG", "C"), restored(Map.of("LANG", "C", "LC_ALL", "C.UTF-8", "MESH_DEV_LC_ALL", "unset")));
    }

    @Test
    void changesNothingWithoutTheLauncher() {
        assertEquals(Map.of("LC_ALL", "C"), restored(Map.of("LC_ALL", "C")));
    }

    private static Map<String, String> restored(Map<String, String> environment) {
        var copy = new HashMap<>(environment);
        UserLocale.restoreIn(copy);
        return copy;
    }
}
