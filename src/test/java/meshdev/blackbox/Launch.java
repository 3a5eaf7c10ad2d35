package meshdev.blackbox;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How mesh-dev is to be started in a project. Used once. */
public final class Launch {
    private static final String NO_REGISTRY = "--no-registry";

    private final TestProject project;
    private final List<String> command = new ArrayList<>();
    private final ProcessBuilder builder = new ProcessBuilder();

    Launch(TestProject project, String... arguments) {
        this.project = project;
        command.add(Built.HOME.resolve("bin/mesh-dev").toString());
        command.addAll(List.of(arguments));
        if (arguments.length > 0 && arguments[0].equals("start") && !command.contains(NO_REGISTRY)) {
            command.add(2, NO_REGISTRY);
        }
        builder.directory(project.root().toFile()).redirectInput(Path.of("/dev/null").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("MCP_") || name.startsWith("PYTHON")
                || name.equals("VIRTUAL_ENV") || name.startsWith("MESH_DEV"));
        builder.environment().put("MCP_MESH_HOME", project.home().toString());
        builder.environment().put("JAVA_HOME", Built.JAVA_HOME.toString());
        builder.environment().put("PATH", Built.HOME.resolve("bin") + ":" + System.getenv("PATH"));
    }

    /** With a registry at its URL, which no other test has. */
    public Launch registry(int port) {
        command.remove(NO_REGISTRY);
        return env("MCP_MESH_REGISTRY_URL", "http://127.0.0.1:" + port);
    }

    public Launch env(String name, String value) {
        builder.environment().put(name, value);
        return this;
    }

    public Launch withoutVariable(String name) {
        builder.environment().remove(name);
        return this;
    }

    Launch in(Path folder) {
        builder.directory(folder.toFile());
        return this;
    }

    /** Runs a shell script instead, which finds mesh-dev on its PATH. */
    Launch script(String shell, String script) {
        command.clear();
        command.addAll(List.of(shell, "-c", script.replace("mesh-dev start", "mesh-dev start " + NO_REGISTRY)));
        return this;
    }

    /** Runs it under another name. */
    Launch as(String name) {
        command.set(0, Built.HOME.resolve("bin").resolve(name).toString());
        return this;
    }

    /** Runs it by another program, which must become it: {@code setpriv}, {@code unshare}. */
    Launch by(String... program) {
        command.addAll(0, List.of(program));
        return this;
    }

    /** With a limit of the kernel for this one run: {@code max_inotify_watches}, {@code max_inotify_instances}. */
    Launch limited(String limit, int value) {
        return by("unshare", "-Ur", "sh", "-c", "echo " + value + " >/proc/sys/user/" + limit + " && exec \"$@\"", "sh");
    }

    /** As somebody who needs permission to read a file, also when the tests are run by root. */
    Launch withoutPrivileges() {
        String privileges = "-dac_override,-dac_read_search";
        return by("setpriv", "--bounding-set", privileges, "--inh-caps", privileges);
    }

    /** In a session and process group of its own, whose number is its pid. */
    Launch inOwnGroup() {
        command.addAll(0, List.of("setsid"));
        return this;
    }

    /** In a terminal of its own; what the test types goes there. */
    Launch inATerminal() {
        return inATerminal(String.join(" ", command));
    }

    /** Runs this line of shell in a terminal of its own, with the signals of a login, whoever runs the tests. */
    Launch inATerminal(String line) {
        command.clear();
        command.addAll(List.of("env", "--default-signal", "SHELL=/bin/bash", "script", "-qefc", line, "/dev/null"));
        builder.redirectInput(ProcessBuilder.Redirect.PIPE).environment().put("TERM", "xterm");
        builder.environment().remove("NO_COLOR");
        return env("MCP_MESH_REGISTRY_URL", "http://127.0.0.1:" + FreePort.any());
    }

    /** An interactive shell with job control in a terminal of its own; the test types commands, mesh-dev is on its PATH. */
    Launch interactiveShell() {
        command.clear();
        command.addAll(List.of("bash", "--norc", "--noprofile", "--noediting", "-i"));
        return inATerminal().env("PS1", "").env("NO_COLOR", "1");
    }

    public MeshDev run() {
        return project.add(new MeshDev(builder.command(command)));
    }

    /** Runs it to its end. */
    MeshDev runToEnd() {
        MeshDev run = run();
        run.awaitExit();
        return run;
    }

    /** Runs it and waits until these agents are ready, and files are watched. */
    public MeshDev ready(String... agents) {
        MeshDev run = run();
        for (String agent : agents) {
            run.await("| " + agent + " ready on :");
        }
        run.await("File watching enabled.");
        return run;
    }
}
