package meshdev.realmesh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a registry through the program {@code meshctl}, which knows nothing of mesh-dev. */
record Meshctl(String registryUrl) {
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");
    private static final Pattern ROW = Pattern.compile("(\\S+) +(\\S+) +Agent +(\\S+) +(?:\\d+/\\d+ +){2}(\\S+) .*");
    private static final Pattern TEXT = Pattern.compile("\"text\":\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** An agent as {@code meshctl list --all} shows it. */
    record Row(String id, String runtime, String status, String endpoint) {
        boolean isHealthy() {
            return status.equals("healthy");
        }
    }

    /** @param answer what the tool gave, when nothing went wrong; {@code said}: all that was printed */
    record Reply(Optional<String> answer, String said) {
    }

    /** Empty, too, when there is no registry. */
    List<Row> list() {
        List<Row> rows = new ArrayList<>();
        COLOUR.matcher(said("list", "--all")).replaceAll("").lines().forEach(line -> {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                rows.add(new Row(row.group(1), row.group(2), row.group(3), row.group(4)));
            }
        });
        return rows;
    }

    /** @param tool {@code TOOL} or {@code AGENT-ID:TOOL} */
    Reply call(String tool) {
        String said = said("call", "--timeout", "5", "--raw", tool);
        Matcher text = TEXT.matcher(said);
        boolean answered = said.contains("\"isError\":false") && text.find();
        return new Reply(answered ? Optional.of(text.group(1)) : Optional.empty(), said.strip());
    }

    private String said(String command, String... arguments) {
        List<String> line = new ArrayList<>(List.of(Parts.meshctl().toString(), command, "--registry-url", registryUrl));
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("MCP_"));
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
