package meshdev.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import meshdev.agent.Agent;
import meshdev.agent.Discovery;
import meshdev.agent.Skipped;
import meshdev.config.LogLevel;
import meshdev.config.ProjectRoot;
import meshdev.process.ProcessName;
import meshdev.report.LogFiles;

/** The first lines of a run: what was found, and what is odd about it. Shown before all others, logged after the first launch. */
final class Announcement {
    private final String banner;
    private final List<String> news = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final boolean quiet;

    Announcement(Project project, Locks locks, Options options, Path here) {
        this.quiet = options.quiet();
        banner = banner(project);
        if (options.verbose()) {
            for (Agent agent : project.discovery().agents()) {
                news.add(agent.name() + ": " + command(agent.command()));
            }
            for (Skipped one : project.discovery().skipped()) {
                news.add("not started: " + ProjectRoot.displayName(one.path(), here) + ", " + one.reason());
            }
        }
        warnings.addAll(project.warnings());
        locks.warning().ifPresent(warnings::add);
    }

    /** Without options, which may hold secrets: what runs, and how much is left out. */
    private static String command(List<String> words) {
        int shown = words.size() > 1 && ProcessName.isShowable(words.get(1)) ? 2 : 1;
        String text = String.join(" ", words.subList(0, shown));
        return words.size() == shown ? text : text + " … [" + (words.size() - shown) + " more]";
    }

    private static String banner(Project project) {
        Discovery discovery = project.discovery();
        StringBuilder banner = new StringBuilder(Main.version()).append(" · project ").append(project.name()).append(" · ")
                .append(discovery.agents().size()).append(discovery.agents().size() == 1 ? " agent" : " agents");
        discovery.interpreter().ifPresent(python -> {
            banner.append(" · python ").append(python.label());
            python.version().ifPresent(version -> banner.append(" (").append(version).append(')'));
        });
        return banner.append(" · ").toString();
    }

    /** @param registry the part of the first line that tells of it */
    List<String> lines(String registry) {
        List<String> lines = new ArrayList<>();
        if (!quiet) {
            lines.add(banner + registry);
            lines.addAll(news);
        }
        lines.addAll(warnings);
        return lines;
    }

    /** Opening the log takes milliseconds that the first agent does not have to wait for. */
    void log(LogFiles logs, String registry) {
        if (System.getProperty("user.name").equals("root")) {
            // Worth knowing when a log "can't be written" later, by the user; no news to whoever runs a container.
            logs.own(LogLevel.INFO, "running as root: what mesh-dev and its agents write belongs to root");
        }
        logs.own(LogLevel.INFO, banner + registry);
        news.forEach(line -> logs.own(LogLevel.INFO, line));
        warnings.forEach(line -> logs.own(LogLevel.WARN, line));
    }
}
