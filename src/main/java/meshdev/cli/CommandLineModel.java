package meshdev.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The commands and options, for picocli. Written as calls and not as annotations, because reading annotations costs a
 * start more than all of this program's own work before the first agent runs.
 */
final class CommandLineModel {
    static final String START = "start";
    static final String DEBUG = "debug";
    static final String WATCHES = "watches";
    static final String STATS = "stats";

    private CommandLineModel() {
    }

    static CommandLine create() {
        CommandSpec root = command("mesh-dev", "Runs MCP Mesh agents and restarts exactly those whose code changed.");
        root.addOption(flag("Prints the version.", "--version", "-V").versionHelp(true).build());
        root.addSubcommand(START, start());
        CommandSpec debug = command(DEBUG, "Explains what mesh-dev sees.");
        debug.addSubcommand(WATCHES, watches());
        root.addSubcommand(DEBUG, debug);
        root.addSubcommand(STATS, stats());
        root.usageMessage().footer("", "Exit codes: 0 done, 1 failed while running, 2 wrong usage or configuration,",
                "  3 an agent is already supervised, 130 Ctrl-C, 143 SIGTERM, 129 hang-up, 141 nobody reads the output.",
                "Example: mesh-dev start agents/");
        return new CommandLine(root);
    }

    private static CommandSpec command(String name, String description) {
        CommandSpec spec = CommandSpec.create().name(name);
        spec.usageMessage().description(description);
        spec.usageMessage().width(100);
        spec.usageMessage().sortOptions(false);
        spec.addOption(flag("Shows this text.", "-h", "--help").usageHelp(true).build());
        return spec;
    }

    private static CommandSpec start() {
        CommandSpec spec = command(START, "Supervises agents in the foreground: launches them, watches their files and"
                + " restarts the affected ones when code changes.");
        spec.addPositional(paths("Agents and folders of agents; default: agents/ when it exists, else the current"
                + " directory."));
        spec.addOption(flag("Never watches or reloads, for production-like runs.", "--no-reload").build());
        addShared(spec);
        spec.addOption(value("TIME", "How long an agent may take to stop before it is killed; default: 3s on a reload,"
                + " 10s when mesh-dev ends.", "--stop-timeout").build());
        spec.addOption(value("STRATEGY", "restart: a fresh process; refresh: the same, with the installed packages imported"
                + " beforehand; default: restart.", "--strategy").build());
        spec.addOption(flag("Starts Python agents without mesh-dev's runner: no interpreter is started before it is needed.",
                "--no-runner").build());
        spec.addOption(flag("Replaces a running agent without checking first that its changed Python files compile.",
                "--no-precheck").build());
        spec.addOption(flag("Keeps what agents put into mesh_dev.state, for reloads and for later starts.",
                "--preserve-state").build());
        spec.addOption(values("KEY=VALUE", "Sets a variable for all agents.", "-e", "--env").build());
        spec.addOption(values("FILE", "Reads variables for all agents.", "--env-file").build());
        spec.addOption(value("URL", "Where the registry is; default: http://localhost:8000.", "--registry-url").build());
        spec.addOption(flag("Looks for no registry and starts none; agents are told of it all the same.", "--no-registry").build());
        spec.addOption(value("WHEN", "Colours: auto, always or never; default: auto.", "--color").build());
        spec.addOption(flag("Shows only warnings, errors and what agents print.", "-q", "--quiet").build());
        spec.addOption(flag("Shows more, such as the command of each agent.", "-v", "--verbose").build());
        return spec;
    }

    private static CommandSpec watches() {
        CommandSpec spec = command(WATCHES, "Shows the rules in force and where they come from, what is watched and how,"
                + " and every watched file with the rule that decides and the agents it reloads.");
        spec.addPositional(paths("As for start."));
        spec.addOption(values("FILE", "Answers for one file, also why it is not watched.", "--explain").build());
        spec.addOption(flag("Prints JSON.", "--json").build());
        spec.addOption(flag("As for start: shows that nothing is watched.", "--no-reload").build());
        addShared(spec);
        return spec;
    }

    private static CommandSpec stats() {
        CommandSpec spec = command(STATS, "Shows the figures of this project's agents since their mesh-dev was started: reloads"
                + " and what their time went into, slow imports, memory, and what is odd about these.");
        spec.addPositional(names());
        spec.addOption(flag("Prints JSON.", "--json").build());
        spec.usageMessage().footer("", "Times are medians (p50), 95th percentiles and those of the last of the newest 500 reloads.",
                "Memory is proportional (PSS); of each incarnation it is measured 10 s after it was ready.",
                "Exit codes: 1 no mesh-dev runs in this project, 2 an agent that none of them has.");
        return spec;
    }

    private static PositionalParamSpec names() {
        return PositionalParamSpec.builder().type(List.class).auxiliaryTypes(String.class).arity("0..*")
                .paramLabel("AGENT").description("Names of agents; default: all.").build();
    }

    private static void addShared(CommandSpec spec) {
        spec.addOption(value("TIME", "Quiet time before a reload, such as 300 (ms) or 1s; default: 500.",
                "--reload-delay").build());
        spec.addOption(value("FILE", "Reads this file instead of the project's .meshwatch.", "--config").build());
        spec.addOption(value("PATH", "The Python interpreter for agents.", "--python").build());
        spec.addOption(value("INTERVAL", "Looks for changes at an interval instead of waiting for events; --poll alone"
                + " means 1s.", "--poll").build());
    }

    private static OptionSpec.Builder flag(String description, String... names) {
        return OptionSpec.builder(names[0], tail(names)).type(boolean.class).arity("0").description(description);
    }

    private static OptionSpec.Builder value(String label, String description, String... names) {
        return OptionSpec.builder(names[0], tail(names)).type(String.class).arity("1").paramLabel(label)
                .description(description);
    }

    private static OptionSpec.Builder values(String label, String description, String... names) {
        return OptionSpec.builder(names[0], tail(names)).type(List.class).auxiliaryTypes(String.class).arity("1")
                .paramLabel(label).description(description);
    }

    private static PositionalParamSpec paths(String description) {
        return PositionalParamSpec.builder().type(List.class).auxiliaryTypes(String.class).arity("0..*")
                .paramLabel("AGENT_OR_DIR").description(description).build();
    }

    private static String[] tail(String[] names) {
        return names.length == 1 ? new String[0] : new String[] {names[1]};
    }
}
