package meshdev.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsResolverTest {
    private static final Flags ALL = new Flags(true, Optional.of("1s"), Optional.of("restart"), Optional.of(false),
            Optional.of("/flag/python"), Optional.of("http://flag:1"), Optional.of("2s"), Optional.of("4"), true, false,
            List.of(), List.of());
    private static final Map<String, String> VARIABLES = Map.of("MCP_MESH_ENABLE_HOT_RELOAD", "OFF",
            "MCP_MESH_RELOAD_DELAY", "250", "MCP_MESH_RELOAD_STRATEGY", "Refresh", "MCP_MESH_PRESERVE_STATE", "1",
            "MCP_MESH_LOG_LEVEL", "warning", "MCP_MESH_WATCH_USE_POLLING", "yes", "MCP_MESH_PYTHON", "python3.11",
            "MCP_MESH_HOME", "state/mesh", "MCP_MESH_WATCH_EXTENSIONS", " .py, yaml,*.tar.gz,py");

    private static Settings resolve(Flags flags, Map<String, String> variables, String... file) {
        return new SettingsResolver(flags, variables, MeshwatchText.read(file),
                RegistryVariables.capture(flags, variables, DotEnv.EMPTY)).resolve(Path.of("/work"), Path.of("/home/u"));
    }

    private static String fault(Flags flags, Map<String, String> variables) {
        return assertThrows(ConfigException.class, () -> resolve(flags, variables, "")).getMessage();
    }

    private static Flags poll(String interval) {
        return new Flags(false, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.of(interval), Optional.empty(), false, false, List.of(), List.of());
    }

    @Test
    void nothingSaidGivesTheDefaults() {
        Settings settings = resolve(Flags.NONE, Map.of("MCP_MESH_RELOAD_DELAY", "", "MCP_MESH_HOME", " "), "precheck: yes");
        assertEquals(Sourced.builtIn(true), settings.hotReload());
        assertEquals(Sourced.builtIn(Duration.ofMillis(500)), settings.reloadDelay());
        assertEquals(Sourced.builtIn(Strategy.RESTART), settings.strategy());
        assertEquals(Sourced.builtIn(false), settings.preserveState());
        assertEquals(Sourced.builtIn(LogLevel.INFO), settings.logLevel());
        assertEquals(Optional.empty(), settings.polling());
        assertEquals(Optional.empty(), settings.watchExtensions());
        assertEquals(Optional.empty(), settings.python());
        assertEquals(Optional.empty(), settings.stopTimeout());
        assertEquals(Sourced.builtIn(3), settings.startupAttempts());
        assertEquals(Sourced.builtIn(Duration.ofSeconds(10)), settings.startupWindow());
        assertEquals(Sourced.builtIn("http://localhost:8000"), settings.registryUrl());
        assertEquals(Path.of("/home/u/.mcp-mesh"), settings.home());
        assertTrue(settings.precheck().value());
    }

    @Test
    void theFileBeatsTheDefaults() {
        Settings settings = resolve(Flags.NONE, Map.of(), "reload_delay: 7", "reload_strategy: refresh",
                "preserve_state: on", "stop_timeout: 2", "precheck: no", "startup_attempts: 9", "startup_window: 1m");
        assertEquals(new Sourced<>(Duration.ofMillis(7), new Origin(".meshwatch:1:15")), settings.reloadDelay());
        assertEquals(Strategy.REFRESH, settings.strategy().value());
        assertTrue(settings.preserveState().value());
        assertEquals(Duration.ofSeconds(2), settings.stopTimeout().orElseThrow().value());
        assertFalse(settings.precheck().value());
        assertEquals(9, settings.startupAttempts().value());
        assertEquals(Duration.ofMinutes(1), settings.startupWindow().value());
    }

    @Test
    void variablesBeatTheFile() {
        Settings settings = resolve(Flags.NONE, VARIABLES, "reload_delay: 7", "reload_strategy: restart",
                "preserve_state: off");
        assertEquals(new Sourced<>(false, Origin.variable("MCP_MESH_ENABLE_HOT_RELOAD")), settings.hotReload());
        assertEquals(new Sourced<>(Duration.ofMillis(250), Origin.variable("MCP_MESH_RELOAD_DELAY")), settings.reloadDelay());
        assertEquals(Strategy.REFRESH, settings.strategy().value());
        assertTrue(settings.preserveState().value());
        assertEquals(LogLevel.WARN, settings.logLevel().value());
        assertEquals(new Sourced<>(Duration.ofSeconds(1), Origin.variable("MCP_MESH_WATCH_USE_POLLING")),
                settings.polling().orElseThrow());
        assertEquals("python3.11", settings.python().orElseThrow().value());
        assertEquals(List.of(".py", ".yaml", ".tar.gz"), settings.watchExtensions().orElseThrow().value());
        assertEquals(Path.of("/work/state/mesh"), settings.home());
    }

    @Test
    void flagsBeatVariables() {
        Settings settings = resolve(ALL, VARIABLES, "precheck: yes", "stop_timeout: 9");
        assertEquals(new Sourced<>(false, Origin.flag("--no-reload")), settings.hotReload());
        assertEquals(new Sourced<>(Duration.ofSeconds(1), Origin.flag("--reload-delay")), settings.reloadDelay());
        assertEquals(new Sourced<>(Strategy.RESTART, Origin.flag("--strategy")), settings.strategy());
        assertEquals(new Sourced<>(false, Origin.flag("--preserve-state")), settings.preserveState());
        assertEquals(new Sourced<>("/flag/python", Origin.flag("--python")), settings.python().orElseThrow());
        assertEquals(new Sourced<>("http://flag:1", Origin.flag("--registry-url")), settings.registryUrl());
        assertEquals(new Sourced<>(Duration.ofSeconds(2), Origin.flag("--poll")), settings.polling().orElseThrow());
        assertEquals(new Sourced<>(Duration.ofSeconds(4), Origin.flag("--stop-timeout")), settings.stopTimeout().orElseThrow());
        assertEquals(new Sourced<>(false, Origin.flag("--no-precheck")), settings.precheck());
    }

    @Test
    void pollingWithoutIntervalIsOncePerSecond() {
        assertEquals(Duration.ofSeconds(1), resolve(poll(""), Map.of(), "").polling().orElseThrow().value());
        assertEquals(Duration.ofMillis(200), resolve(poll("200"), Map.of(), "").polling().orElseThrow().value());
        assertEquals(Optional.empty(), resolve(Flags.NONE, Map.of("MCP_MESH_WATCH_USE_POLLING", "0"), "").polling());
    }

    @Test
    void theHomeMayBeAbsoluteOrBeginWithATilde() {
        assertEquals(Path.of("/x/y"), resolve(Flags.NONE, Map.of("MCP_MESH_HOME", "/x/./y/"), "").home());
        assertEquals(Path.of("/home/u/m"), resolve(Flags.NONE, Map.of("MCP_MESH_HOME", "~/m"), "").home());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "MCP_MESH_ENABLE_HOT_RELOAD | maybe | is neither yes nor no; use true/yes/on/1 or false/no/off/0",
            "MCP_MESH_PRESERVE_STATE | 2 | is neither yes nor no; use true/yes/on/1 or false/no/off/0",
            "MCP_MESH_WATCH_USE_POLLING | 1s | is neither yes nor no; use true/yes/on/1 or false/no/off/0",
            "MCP_MESH_RELOAD_STRATEGY | hot | is no reload strategy; use restart or refresh",
            "MCP_MESH_LOG_LEVEL | loud | is no log level; use TRACE, DEBUG, INFO, WARN or ERROR",
            "MCP_MESH_WATCH_EXTENSIONS | .py,,.md | has an empty item; write extensions separated by commas, such as .py,.yaml",
            "MCP_MESH_WATCH_EXTENSIONS | .py,a/*.md | contains \"a/*.md\", which is no extension; write them such as .py,.yaml, and globs into .meshwatch",
            "MCP_MESH_WATCH_EXTENSIONS | * | contains \"*\", which is no extension; write them such as .py,.yaml, and globs into .meshwatch",
            "MCP_MESH_RELOAD_DELAY | 0500 | begins with a zero, which YAML reads as octal; use 0 to 60000 (milliseconds), or a number with a unit such as \"500ms\" or \"1.5s\""})
    void aWrongVariableIsNamedWithWhatIsAccepted(String name, String value, String why) {
        assertEquals(name + ": \"" + value + "\" " + why, fault(Flags.NONE, Map.of(name, value)));
    }

    @Test
    void aWrongFlagIsNamedWithWhatIsAccepted() {
        assertEquals("--poll: \"2\" is out of range; use 10 to 60000 (milliseconds), or a number with a unit such as"
                + " \"500ms\" or \"1.5s\"", fault(poll("2"), Map.of()));
    }

    @Test
    void whatIsWrongIsShownOnOneLineAndCut() {
        String message = fault(Flags.NONE, Map.of("MCP_MESH_LOG_LEVEL", "a\n\u001b[0m" + "x".repeat(100)));
        assertTrue(message.startsWith("MCP_MESH_LOG_LEVEL: \"a\\x0a\\x1b[0mxxx"), message);
        assertTrue(message.contains("x…\" is no log level"), message);
    }
}
