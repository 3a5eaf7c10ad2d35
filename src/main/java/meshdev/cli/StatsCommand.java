package meshdev.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import meshdev.config.ProjectRoot;
import meshdev.config.SettingsResolver;
import meshdev.config.Suggestion;
import meshdev.control.Answers;
import meshdev.control.ControlClient;
import meshdev.control.Json;
import meshdev.control.SocketPlace;
import meshdev.report.ColorMode;
import meshdev.report.Sanitizer;

/** {@code mesh-dev stats}: asks every supervisor of this project for its figures, and shows them as one. */
final class StatsCommand {
    /** A supervisor looks at the memory of all its agents first, and may be serving somebody slow. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<String> names;
    private final boolean json;
    private final Caller caller;

    /** @param names of agents; all when empty */
    StatsCommand(List<String> names, boolean json, Caller caller) {
        this.names = names;
        this.json = json;
        this.caller = caller;
    }

    /** Returns the exit code. */
    int run() {
        Path here = caller.workingDirectory();
        Path root = ProjectRoot.find(List.of(), here).folder();
        Path home = SettingsResolver.home(caller.environment(), here, caller.userHome());
        SocketPlace place = SocketPlace.of(home, root);
        Answers answers = ask(place);
        answers.troubles().forEach(StatsCommand::complain);
        if (answers.isNobody()) {
            complain("no mesh-dev runs for the project " + root + elsewhere(place));
        }
        return answers.documents().isEmpty() ? ExitCode.FAILED : tell(StatsDocument.merged(root, answers.documents()));
    }

    private static Answers ask(SocketPlace place) {
        return new ControlClient(place, PATIENCE).ask(CommandLineModel.STATS);
    }

    /** A start path may have led to another project than the working directory does. */
    private static String elsewhere(SocketPlace place) {
        Set<String> others = new LinkedHashSet<>();
        ask(place.ofAllProjects()).documents().forEach(answer -> others.add(String.valueOf(answer.get("project"))));
        return others.isEmpty() ? "; mesh-dev start begins one" : ", but for " + String.join(", ", others) + "; ask there";
    }

    private int tell(Map<String, Object> all) {
        Set<String> known = StatsDocument.names(all);
        Set<String> unknown = new LinkedHashSet<>(names);
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            refuse(unknown, known);
            return ExitCode.WRONG_USAGE;
        }
        show(names.isEmpty() ? all : StatsDocument.only(all, new LinkedHashSet<>(names)));
        return ExitCode.DONE;
    }

    private void show(Map<String, Object> document) {
        boolean colored = ColorMode.AUTO.isColored(caller.environment(), caller.terminal());
        System.out.print(json ? Json.of(document) : StatsText.of(document, colored));
    }

    private static void refuse(Set<String> unknown, Set<String> known) {
        for (String name : unknown) {
            complain("no agent is named " + name + " here; there " + (known.size() == 1 ? "is " : "are ")
                    + String.join(", ", known));
            Suggestion.nearest(name, known).ifPresent(word -> complain("did you mean " + word + "?"));
        }
    }

    private static void complain(String text) {
        System.err.println("mesh-dev: " + Sanitizer.escapeName(text));
    }
}
