package meshdev.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import meshdev.registry.RegistryRow;
import meshdev.registry.RegistryView;

/** A registry as clients of the control socket are told of it. */
final class RegistryDocument {
    private RegistryDocument() {
    }

    static Map<String, Object> of(RegistryView view) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("kind", view.standing().kind().name().toLowerCase(Locale.ROOT));
        document.put("url", view.standing().url());
        document.put("healthyAgents", view.healthy());
        document.put("unresolvedDependencies", view.unresolved());
        List<Map<String, Object>> rows = view.rows().stream().map(RegistryDocument::row).toList();
        document.put("rows", rows);
        return document;
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
