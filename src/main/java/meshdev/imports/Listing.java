package meshdev.imports;

import java.util.HashSet;
import java.util.Set;

/**
 * The names in one folder.
 *
 * @param compiled the modules that exist without source: extension modules and byte code
 */
record Listing(Set<String> names, Set<String> compiled) {
    static Listing of(Set<String> names) {
        Set<String> compiled = new HashSet<>();
        for (String name : names) {
            if (name.endsWith(".so") || name.endsWith(".pyd") || name.endsWith(".pyc")) {
                compiled.add(name.substring(0, name.indexOf('.')));
            }
        }
        return new Listing(Set.copyOf(names), Set.copyOf(compiled));
    }

    boolean has(String name) {
        return names.contains(name);
    }
}
