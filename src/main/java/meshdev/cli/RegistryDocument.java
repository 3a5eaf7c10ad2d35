package meshdev.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import meshdev.registry.RegistryRow;
import meshdev.registry.RegistryView;
import meshdev.registry.Standing;

/** A registry as clients of the control socket are told of it. */
final class RegistryDocument {
    private RegistryDocument() {
    }

    static Map<String, Object> of(RegistryView view) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("kind", code(view.standing().kind()));
        document.put("url", view.standing().url());
        document.put("healthyAgents", view.healthy());
        document.put("unresolvedDependencies", view.unresolved());
        List<Map<String, Object>> rows = view.rows().stream().map(RegistryDocument::row).toList();
        document.put("rows", rows);
        return document;
    }

    /** The kind in the words of a run's first line; as it is when a mesh-dev of another version told it. */
    static String kind(Map<?, ?> document) {
        String kind = document.get("kind").toString();
        for (Standing.Kind one : Standing.Kind.values()) {
            if (code(one).equals(kind)) {
                return RegistryWords.of(one);
            }
        }
        return kind;
    }

    private static String code(Standing.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> row(RegistryRow row) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", row.id());
        document.put("name", row.name());
        document.put("status", row.status());
        document.put("endpoint", row.endpoint());
        document.put("lastSeen", row.lastSeen());
        document.put("dependencies", (long) row.totalDependencies());
        document.put("dependenciesResolved", (long) row.dependenciesResolved());
        return document;
    }
}
