package meshdev.config;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * An unmodifiable environment that keeps its order and prints its names only, so that no log line or exception text can
 * carry a value by accident. Equal to any other map with the same entries.
 */
final class SecretMap extends AbstractMap<String, String> {
    private final Map<String, String> entries;

    private SecretMap(Map<String, String> entries) {
        this.entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    static Map<String, String> copyOf(Map<String, String> entries) {
        return entries instanceof SecretMap ? entries : new SecretMap(entries);
    }

    @Override
    public Set<Entry<String, String>> entrySet() {
        return entries.entrySet();
    }

    @Override
    public String get(Object name) {
        return entries.get(name);
    }

    @Override
    public boolean containsKey(Object name) {
        return entries.containsKey(name);
    }

    @Override
    public String toString() {
        return entries.keySet().toString();
    }
}
