package meshdev.cli;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import meshdev.report.Narrator;

/** Tells why modules are not imported beforehand for an agent, once per reason in a row. Thread-safe. */
final class Fallbacks implements BiConsumer<String, String> {
    private final Narrator narrator;
    private final Map<String, String> told = new ConcurrentHashMap<>();

    Fallbacks(Narrator narrator) {
        this.narrator = narrator;
    }

    @Override
    public void accept(String agent, String why) {
        if (!why.equals(told.put(agent, why))) {
            narrator.info("refresh of " + agent + " falls back to restart: " + why);
        }
    }
}
