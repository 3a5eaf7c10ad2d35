package meshdev.blackbox;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How mesh-dev is to be started in a project. Used once. */
final class Launch {
    private final TestProject project;
    private final List<String> command = new ArrayList<>();
    private final ProcessBuilder builder = new ProcessBuilder();

    Launch(TestProject project, String... arguments) {
        this.project = project;
        command.add(Built.HOME.resolve("bin/mesh-dev").toString());
        command.addAll(List.of(arguments));
        builder.directory(project.root().toFile()).redirectInput(Path.of("/dev/null").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("MCP_") || name.startsWith("PYTHON")
                || name.equals("VIRTUAL_ENV") || name.startsWith("MESH_DEV"));
        builder.environment().put("MCP_MESH_HOME", project.home().toString());
        builder.environment().put("JAVA_HOME", Built.JAVA_HOME.toString());
        builder.environment().put("PATH", Built.HOME.resolve("bin") + ":" + System.getenv("PATH"));
    }

    Launch env(String name, String value) {
        builder.environment().put(name, value);
        return this;
    }

    Launch in(Path folder) {
        builder.directory(folder.toFile());
        return this;
    }

    /** Runs a shell script instead, which finds mesh-dev on its PATH. */
    Launch script(String shell, String script) {
        command.clear();
        command.addAll(List.of(shell, "-c", script));
        return this;
    }

    /** Runs it under another name. */
    Launch as(String name) {
        command.set(0, Built.HOME.resolve("bin").resolve(name).toString());
        return this;
    }

    /** In a session and process group of its own, whose number is its pid. */
    Launch inOwnGroup() {
        command.addAll(0, List.of("setsid"));
        return this;
    }

    /** In a terminal of its own; what the test types goes there. */
    Launch inATerminal() {
        String line = String.join(" ", command);
        command.clear();
        command.addAll(List.of("script", "-qefc", line, "/dev/null"));
        builder.redirectInput(ProcessBuilder.Redirect.PIPE).environment().put("TERM", "xterm");
        builder.environment().remove("NO_COLOR");
        return this;
    }

    MeshDev run() {
        return project.add(new MeshDev(builder.command(command)));
    }

    /** Runs it to its end. */
    MeshDev runToEnd() {
        MeshDev run = run();
        run.awaitExit();
        return run;
    }

    /** Runs it and waits until these agents are ready, and files are watched. */
    MeshDev ready(String... agents) {
        MeshDev run = run();
        for (String agent : agents) {
            run.await("| " + agent + " ready on :");
        }
        run.await("File watching enabled.");
        return run;
    }
}
