package meshdev.report;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A module whose import takes long, without what it imports in turn. */
public record SlowImport(String module, Duration took) {

    Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("module", module);
        document.put("ms", Spread.millis(took));
        return document;
    }
}
