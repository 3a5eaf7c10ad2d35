package meshdev.agent;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that decides which interpreter a shim of pyenv, asdf, mise or rtx starts, as one number. A 128-bit FNV-1a
 * instead of a digest of the JDK: loading the security providers takes longer than reading the cache, and nobody gains by
 * forging an entry in his own cache. Values of variables do not appear in it.
 */
final class ShimKey {
    private static final String[] VERSION_FILES = {".python-version", ".tool-versions", ".mise.toml", "mise.toml",
        ".mise.local.toml", "mise.local.toml", ".config/mise.toml", ".rtx.toml"};
    private static final String[] PREFIXES = {"PYENV_", "ASDF_", "MISE_", "RTX_"};
    private static final long PRIME = 0x100000001b3L;

    private long high = 0xcbf29ce484222325L;
    private long low = 0x84222325cbf29ce4L;

    private ShimKey() {
    }

    /** Sixteen bytes in hexadecimal, fit for a file name. */
    static String of(Path shim, Surroundings place) {
        ShimKey key = new ShimKey();
        key.stamp(shim);
        key.add(place.workingDirectory().toString());
        key.addVariables(place.environment());
        for (Path folder = place.workingDirectory(); folder != null; folder = folder.getParent()) {
            key.addVersionFiles(folder);
        }
        Path home = place.workingDirectory().resolve(place.variable("HOME"));
        key.addVersionFiles(home);
        key.stamp(home.resolve(".config/mise/config.toml"));
        String named = place.variable("PYENV_ROOT");
        Path pyenv = named.isEmpty() ? home.resolve(".pyenv") : home.resolve(named);
        key.stamp(pyenv.resolve("version"));
        key.stamp(pyenv.resolve("versions"));
        return Long.toHexString(key.high).concat("-").concat(Long.toHexString(key.low));
    }

    /** {@code PATH} counts too: the version named {@code system} is looked up there. */
    private void addVariables(Map<String, String> environment) {
        for (Map.Entry<String, String> variable : new TreeMap<>(environment).entrySet()) {
            boolean counts = variable.getKey().equals("PATH");
            for (String prefix : PREFIXES) {
                counts = counts || variable.getKey().startsWith(prefix);
            }
            if (counts) {
                add(variable.getKey());
                add(variable.getValue());
            }
        }
    }

    private void addVersionFiles(Path folder) {
        for (String name : VERSION_FILES) {
            stamp(folder.resolve(name));
        }
    }

    private void stamp(Path file) {
        add(file.toString());
        add(FileStamp.of(file));
    }

    private void add(String text) {
        for (int i = 0; i < text.length(); i++) {
            mix(text.charAt(i));
        }
        mix(0xffff);
    }

    private void mix(int value) {
        high = (high ^ value) * PRIME;
        low = (low ^ Long.rotateLeft(high, 29) ^ value) * PRIME;
    }
}
