package meshdev.imports;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import meshdev.agent.ScriptTokens;
import meshdev.agent.ScriptTokens.Kind;
import meshdev.agent.ScriptTokens.Token;

/** Which names a project maps to its own files: {@code paths} and {@code baseUrl} of {@code tsconfig.json}. */
final class TsConfig {
    private static final int MOST_EXTENDS = 8;

    private final List<String> patterns = new ArrayList<>();
    private final List<Path> bases = new ArrayList<>();

    private TsConfig() {
    }

    /** All configurations from this folder up to the project's root, since nobody can tell which one is used. */
    static TsConfig around(Path folder, Path projectRoot) {
        TsConfig config = new TsConfig();
        for (Path one = folder; one != null && one.startsWith(projectRoot); one = one.getParent()) {
            config.read(one.resolve("tsconfig.json"), MOST_EXTENDS);
            config.read(one.resolve("jsconfig.json"), MOST_EXTENDS);
        }
        return config;
    }

    /** Whether a name that is no path may stand for a file of the project. */
    boolean maps(String name) {
        if (name.startsWith("#")) {
            return true;
        }
        String first = name.contains("/") ? name.substring(0, name.indexOf('/')) : name;
        return patterns.stream().anyMatch(pattern -> matches(pattern, name))
                || bases.stream().anyMatch(base -> exists(base, first));
    }

    private static boolean matches(String pattern, String name) {
        int star = pattern.indexOf('*');
        return star < 0 ? pattern.equals(name)
                : name.startsWith(pattern.substring(0, star)) && name.endsWith(pattern.substring(star + 1));
    }

    private static boolean exists(Path base, String first) {
        return Files.exists(base.resolve(first)) || Sources.SCRIPT.stream().anyMatch(ending ->
                Files.exists(base.resolve(first.concat(ending))));
    }

    private void read(Path file, int more) {
        try {
            List<Token> tokens = ScriptTokens.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
            for (int i = 0; i + 2 < tokens.size(); i++) {
                if (tokens.get(i).kind() == Kind.LITERAL && tokens.get(i + 1).is(":")) {
                    entry(tokens, i, file, more);
                }
            }
        } catch (IOException | InvalidPathException absent) {
            return;
        }
    }

    private void entry(List<Token> tokens, int i, Path file, int more) {
        Token value = tokens.get(i + 2);
        switch (tokens.get(i).text()) {
            case "paths" -> keys(tokens, i + 3);
            case "baseUrl" -> bases.add(file.resolveSibling(value.text()).normalize());
            case "extends" -> {
                if (value.text().startsWith(".") && more > 0) {
                    String name = value.text().endsWith(".json") ? value.text() : value.text().concat(".json");
                    read(file.resolveSibling(name).normalize(), more - 1);
                }
            }
            default -> { }
        }
    }

    private void keys(List<Token> tokens, int start) {
        for (int i = start; i + 1 < tokens.size() && !tokens.get(i).is("}"); i++) {
            if (tokens.get(i).kind() == Kind.LITERAL && tokens.get(i + 1).is(":")) {
                patterns.add(tokens.get(i).text());
            }
        }
    }
}
