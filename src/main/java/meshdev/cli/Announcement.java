package meshdev.cli;

import java.util.ArrayList;
import java.util.List;
import meshdev.agent.Agent;
import meshdev.agent.Discovery;
import meshdev.config.LogLevel;
import meshdev.report.Console;
import meshdev.report.LogFiles;

/** The first lines of a run: what was found, and what is odd about it. Shown before the first launch, logged after it. */
final class Announcement {
    private final List<String> news = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final boolean quiet;

    Announcement(Project project, Locks locks, Options options) {
        this.quiet = options.quiet();
        news.add(banner(project));
        if (options.verbose()) {
            for (Agent agent : project.discovery().agents()) {
                news.add(agent.name() + ": " + String.join(" ", agent.command()));
            }
        }
        warnings.addAll(project.warnings());
        locks.warning().ifPresent(warnings::add);
    }

    private static String banner(Project project) {
        Discovery discovery = project.discovery();
        StringBuilder banner = new StringBuilder(Main.version()).append(" · project ").append(project.name()).append(" · ")
                .append(discovery.agents().size()).append(discovery.agents().size() == 1 ? " agent" : " agents");
        discovery.interpreter().ifPresent(python -> {
            banner.append(" · python ").append(python.label());
            python.version().ifPresent(version -> banner.append(" (").append(version).append(')'));
        });
        return banner.append(" · registry ").append(project.registry().displayUrl()).toString();
    }

    void show(Console console) {
        if (!quiet) {
            news.forEach(console::own);
        }
        warnings.forEach(console::own);
    }

    /** Opening the log takes milliseconds that the first agent does not have to wait for. */
    void log(LogFiles logs) {
        news.forEach(line -> logs.own(LogLevel.INFO, line));
        warnings.forEach(line -> logs.own(LogLevel.WARN, line));
    }
}
