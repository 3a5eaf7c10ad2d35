package meshdev.cli;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import meshdev.control.Command;
import meshdev.process.MemoryReader;
import meshdev.process.MemoryUse;
import meshdev.registry.RegistryView;
import meshdev.report.Statistics;

/**
 * What this supervisor answers to {@code stats}.
 *
 * @param standbyBudget how many bytes all standbys may take together; 0 when none is kept
 * @param registry      asks it, within limits; empty when the run has none
 */
record StatsAnswer(Path root, Statistics statistics, LongSupplier standbyBudget, Optional<Supplier<RegistryView>> registry)
        implements Command {

    @Override
    public Map<String, Object> answer(Map<?, ?> request) {
        Set<Long> agents = statistics.living();
        Set<Long> standbys = statistics.standbys();
        Set<Long> all = new HashSet<>(agents);
        all.addAll(standbys);
        MemoryUse memory = MemoryReader.read(all);
        Map<String, Object> supervisor = new LinkedHashMap<>();
        supervisor.put("pid", ProcessHandle.current().pid());
        memory.own().ifPresent(bytes -> supervisor.put("memoryBytes", bytes));
        supervisor.put("agentsMemoryBytes", sum(memory, agents));
        supervisor.put("standbysMemoryBytes", sum(memory, standbys));
        supervisor.put("standbyBudgetBytes", standbyBudget.getAsLong());
        registry.ifPresent(one -> supervisor.put("registry", RegistryDocument.of(one.get())));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("project", root.toString());
        answer.put("supervisor", supervisor);
        answer.put("agents", statistics.document(memory.groups()));
        return answer;
    }

    private static long sum(MemoryUse memory, Set<Long> pids) {
        return pids.stream().mapToLong(pid -> memory.groups().getOrDefault(pid, 0L)).sum();
    }
}
