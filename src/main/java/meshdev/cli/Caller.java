package meshdev.cli;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import meshdev.process.UserLocale;

/**
 * What this process was given by whoever started it. The only place that reads the environment.
 *
 * @param environment      as the user has it: what the launcher script changed is undone
 * @param workingDirectory absolute
 * @param terminal         whether standard output is a terminal
 * @param charset          what that terminal shows
 */
record Caller(Map<String, String> environment, Path workingDirectory, Path userHome, boolean terminal,
        Charset charset) {

    static Caller ofThisProcess() {
        Map<String, String> environment = new LinkedHashMap<>(System.getenv());
        UserLocale.restoreIn(environment);
        return new Caller(environment, Path.of("").toAbsolutePath(), userHome(environment),
                Boolean.getBoolean("meshdev.terminal"), charset(environment));
    }

    /**
     * {@code HOME}, as every other program and our launcher script have it. Java asks the system's list of users instead,
     * and says {@code ?} of one that is not in it, as in many a container; nothing can be written below what we say then.
     */
    private static Path userHome(Map<String, String> environment) {
        String home = environment.getOrDefault("HOME", "");
        if (home.startsWith("/")) {
            return Path.of(home);
        }
        String listed = System.getProperty("user.home");
        return Path.of(listed.startsWith("/") ? listed : "/nonexistent");
    }

    /** By POSIX, the first of these variables that is set decides. */
    private static Charset charset(Map<String, String> environment) {
        for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
            String locale = environment.getOrDefault(name, "");
            if (!locale.isEmpty()) {
                String upper = locale.toUpperCase(java.util.Locale.ROOT);
                return upper.contains("UTF-8") || upper.contains("UTF8") ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII;
            }
        }
        return StandardCharsets.US_ASCII;
    }
}
