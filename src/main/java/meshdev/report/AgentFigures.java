package meshdev.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import meshdev.python.SlowImport;
import meshdev.supervise.PhaseTime;

/** What is counted and measured of one agent: numbers of all that happened, the rest of the newest only. Not thread-safe. */
final class AgentFigures {
    private static final int RELOADS = 500;
    private static final int IMPORTS = 10;
    private static final Duration SLOW = Duration.ofMillis(10);

    private final Newest<Reloaded> reloads = new Newest<>(RELOADS);
    private final Incarnations incarnations = new Incarnations();
    private final ColdReasons cold = new ColdReasons();
    private final Map<Count, Long> counts = new EnumMap<>(Count.class);
    private List<SlowImport> imports = List.of();
    private List<Long> standbys = List.of();

    /** What is only counted, by the names that clients see. */
    enum Count {
        RELOADS("reloads"), REFUSED("refused"), CRASHES("crashes"), FAILED_STARTS("failedStarts");

        private final String label;

        Count(String label) {
            this.label = label;
        }
    }

    private record Reloaded(Instant at, Duration took, List<PhaseTime> phases) {
    }

    void count(Count what) {
        counts.merge(what, 1L, Long::sum);
    }

    void reloaded(Instant now, Duration took, List<PhaseTime> phases) {
        count(Count.RELOADS);
        reloads.add(new Reloaded(now, took, List.copyOf(phases)));
    }

    Incarnations incarnations() {
        return incarnations;
    }

    ColdReasons cold() {
        return cold;
    }

    /** Only the slowest are kept, of those that are worth a look. */
    void slowImports(List<SlowImport> found) {
        imports = found.stream().filter(one -> one.took().compareTo(SLOW) >= 0)
                .sorted(Comparator.comparing(SlowImport::took).reversed()).limit(IMPORTS).toList();
    }

    /** The pids of resident standbys. */
    List<Long> standbys() {
        return standbys;
    }

    void standbys(List<Long> pids) {
        standbys = List.copyOf(pids);
    }

    /** @param memory bytes by pid, as far as known */
    Map<String, Object> document(String name, Map<Long, Long> memory, Instant now) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("name", name);
        for (Count one : Count.values()) {
            document.put(one.label, counts.getOrDefault(one, 0L));
        }
        ReloadRate rate = ReloadRate.of(reloads.all().stream().map(Reloaded::at).toList(), now);
        document.put("reloadsLastMinute", rate.lastMinute());
        document.put("reloadsBusiestMinute", rate.busiest());
        document.put("phases", phases());
        document.put("slowImports", imports.stream().map(AgentFigures::document).toList());
        document.put("cold", cold.document(now));
        incarnations.addTo(document, now);
        addMemory(document, incarnations.living(), memory);
        document.put("standbys", standbys.stream().map(pid -> standbyDocument(pid, memory)).toList());
        document.put("warnings", warnings(rate));
        return document;
    }

    /** In the order of the newest reload; those that only older ones had follow, and the whole comes last. */
    private List<Map<String, Object>> phases() {
        List<Reloaded> all = reloads.all();
        Map<String, List<Duration>> times = new LinkedHashMap<>();
        for (int at = all.size() - 1; at >= 0; at--) {
            for (PhaseTime phase : all.get(at).phases()) {
                times.computeIfAbsent(phase.name(), name -> new ArrayList<>()).add(0, phase.took());
            }
        }
        if (!all.isEmpty()) {
            times.put("total", all.stream().map(Reloaded::took).toList());
        }
        List<Map<String, Object>> phases = new ArrayList<>();
        times.forEach((name, each) -> phases.add(Spread.of(each).document(name)));
        return phases;
    }

    private static Map<String, Object> standbyDocument(long pid, Map<Long, Long> memory) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("pid", pid);
        addMemory(document, OptionalLong.of(pid), memory);
        return document;
    }

    private static void addMemory(Map<String, Object> document, OptionalLong pid, Map<Long, Long> memory) {
        pid.ifPresent(known -> Optional.ofNullable(memory.get(known)).ifPresent(bytes -> document.put("memoryBytes", bytes)));
    }

    private List<String> warnings(ReloadRate rate) {
        List<String> warnings = new ArrayList<>();
        if (rate.isTooMany()) {
            warnings.add(rate.sentence());
        }
        incarnations.growth().ifPresent(growth -> warnings.add(growth.sentence()));
        return warnings;
    }

    private static Map<String, Object> document(SlowImport one) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("module", one.module());
        document.put("ms", Spread.millis(one.took()));
        return document;
    }
}
