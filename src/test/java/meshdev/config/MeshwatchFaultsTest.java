package meshdev.config;

import static meshdev.config.MeshwatchText.fault;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeshwatchFaultsTest {

    static Stream<Arguments> unquoted() {
        return Stream.of("**/*.py", "*.md", "*", "!x", "!x.py", "!*.py", "{a,b}.py", "{a,b}", "[!x].py", "[ab]*.py", "[ab]",
                "@x", "%x", "`x`", "&x.py", "& x").map(Arguments::of);
    }

    @ParameterizedTest
    @CsvSource({
            "exlude: x,                '1:1: unknown key \"exlude\"; did you mean \"exclude\"?'",
            "inclued: [x],             '1:1: unknown key \"inclued\"; did you mean \"include\"?'",
            "log-only: x,              '1:1: unknown key \"log-only\"; did you mean \"log_only\"?'",
            "Include: x,               '1:1: unknown key \"Include\"; did you mean \"include\"?'",
            "colour: x,                '1:1: unknown key \"colour\"; remove it or see README.md for the keys'",
            "'agents: {a: {prot: 1}}', '1:14: unknown key \"agents.a.prot\"; did you mean \"port\"?'"})
    void anUnknownKeyIsRefusedWithWhatWasProbablyMeant(String line, String message) {
        assertEquals(".meshwatch:" + message, fault(line));
    }

    @ParameterizedTest
    @MethodSource("unquoted")
    void anUnquotedPatternIsShownQuoted(String glob) {
        String message = fault("include:", "  - \"a.py\"", "  - " + glob + "   # why", "  - b");
        assertTrue(message.startsWith(".meshwatch:3:5: "), message);
        assertTrue(message.endsWith("quote the pattern: \"" + glob + "\""), message);
    }

    @ParameterizedTest
    @MethodSource("unquoted")
    void anUnquotedPatternIsShownQuotedInTheLastLineToo(String glob) {
        String message = fault("exclude:", "- " + glob);
        assertTrue(message.startsWith(".meshwatch:2:3: "), message);
        assertTrue(message.endsWith("quote the pattern: \"" + glob + "\""), message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
            "include: *.py;                       1:10; \"*.py\"",
            "include: !x;                         1:10; \"!x\"",
            "include: {a,b}.py;                   1:10; \"{a,b}.py\"",
            "include: [a.py, *.md];               1:17; \"*.md\"",
            "include: [a.py, @x, b];              1:17; \"@x\"",
            "agents: {a: {watch: [1]}};           1:22; \"1\"",
            "include: ['a', 12];                  1:16; \"12\"",
            "include: 2024-01-02;                 1:10; \"2024-01-02\"",
            "include: true;                       1:10; \"true\"",
            "log_only: 1e3;                       1:11; \"1e3\"",
            "log_only: 0x1F;                      1:11; \"0x1F\""})
    void aPatternOutsideABlockListIsShownQuotedToo(String line, String place, String quoted) {
        String message = fault(line);
        assertTrue(message.startsWith(".meshwatch:" + place + ": "), message);
        assertTrue(message.endsWith("quote the pattern: " + quoted)
                || message.endsWith("quote it to make it a pattern: " + quoted), message);
    }

    static Stream<Arguments> wrongTypes() {
        return Stream.of(
                Arguments.of("include: {a: b}", "1:10: include must be a list or one text, found a map"),
                Arguments.of("include: [a, [b]]", "1:14: include, item 2 must be one text, found a list; quote the pattern: \"[b]\""),
                Arguments.of("include:\n- a\n- b: c", "3:3: include, item 2 must be one text, found a map"),
                Arguments.of("include:\n- a\n-\n- b",
                        "3:2: include, item 2 is empty; remove it, or quote a text that begins with #"),
                Arguments.of("include: ['a', ' ']", "1:16: include, item 2 is empty; write a pattern or remove it"),
                Arguments.of("include: [a, 3.5]",
                        "1:14: include, item 2 is a number; quote it to make it a pattern: \"3.5\""),
                Arguments.of("reload_delay: [5]", "1:15: reload_delay must be one text, found a list"),
                Arguments.of("env: [A=1]", "1:6: env must be a map of NAME: value, found a list"),
                Arguments.of("env:\n  A:", "2:3: env: a variable has no value here; write \"\" for an empty one"),
                Arguments.of("env: {A: {B: c}}", "1:10: env: A must be one value, found a map; put it in quotes"),
                Arguments.of("agents: [a]", "1:9: agents must be a map of agent name to settings, found a list"),
                Arguments.of("agents: {a: 5}", "1:13: agents.a must be a map of settings, found a number"),
                Arguments.of("- a\n- b", "1:1: expected lines such as \"reload_delay: 500\", found a list"),
                Arguments.of("hello", "1:1: expected lines such as \"reload_delay: 500\", found text"),
                Arguments.of("env_file: ''", "1:11: env_file: \"\" is empty; write a value or remove the key"));
    }

    @ParameterizedTest
    @MethodSource("wrongTypes")
    void aWrongTypeIsNamedWithItsKeyAndItem(String text, String message) {
        assertEquals(".meshwatch:" + message, fault(text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "reload_strategy: reboot | 1:18: reload_strategy: \"reboot\" is no reload strategy; use restart or refresh",
            "precheck: maybe | 1:11: precheck: \"maybe\" is neither yes nor no; use true/yes/on/1 or false/no/off/0",
            "preserve_state: 2 | 1:17: preserve_state: \"2\" is neither yes nor no; use true/yes/on/1 or false/no/off/0",
            "startup_attempts: 0 | 1:19: startup_attempts: \"0\" does not fit; use a plain integer from 1 to 100",
            "startup_attempts: 101 | 1:19: startup_attempts: \"101\" does not fit; use a plain integer from 1 to 100",
            "startup_attempts: 010 | 1:19: startup_attempts: \"010\" does not fit; use a plain integer from 1 to 100",
            "agents: {a: {port: 65536}} | 1:20: agents.a.port: \"65536\" does not fit; use a plain integer from 1 to 65535",
            "agents: {a: {port: 9_001}} | 1:20: agents.a.port: \"9_001\" does not fit; use a plain integer from 1 to 65535",
            "agents: {a: {stop_signal: 9}} | 1:27: agents.a.stop_signal: \"9\" is no stop signal; use TERM, INT, HUP, QUIT, USR1, USR2 or KILL",
            "agents: {a: {health: ok}} | 1:22: agents.a.health: \"ok\" is no health address; use a path such as /health or an http(s) URL",
            "agents: {a: {health: \"ftp://x\"}} | 1:22: agents.a.health: \"ftp://x\" is no health address; use a path such as /health or an http(s) URL",
            "agents: {Orders: {}} | 1:10: agents: \"Orders\" is no agent name; use small letters, digits and -",
            "agents: {mesh-dev: {}} | 1:10: agents: the name mesh-dev is taken by mesh-dev itself; choose another",
            "env: {A B: c} | 1:7: env: what stands here is no variable name; use letters, digits and _, beginning with a letter or _",
            "env: {1A: c} | 1:7: env: \"1A\" is no variable name; use letters, digits and _, beginning with a letter or _"})
    void aWrongValueIsNamedWithWhatIsAccepted(String line, String message) {
        assertEquals(".meshwatch:" + message, fault(line));
    }

    @Test
    void aKeyGivenTwiceIsRefusedWithBothLines() {
        assertEquals(".meshwatch:4:1: \"include\" is given twice, in line 1 and in line 4; keep one",
                fault("include: [a]", "exclude: [b]", "", "include: [c]"));
        assertEquals(".meshwatch:3:3: \"A\" is given twice, in line 2 and in line 3; keep one",
                fault("env:", "  A: 1", "  A: 2"));
    }

    static Stream<Arguments> brokenText() {
        return Stream.of(
                Arguments.of("include:\n\t- a", "2:1: a tab indents line 2; use spaces"),
                Arguments.of("include:\n  - a\n  \t- b", "3:3: a tab indents line 3; use spaces"),
                Arguments.of("\tinclude: a", "1:1: a tab indents line 1; use spaces"),
                Arguments.of("<<<<<<< HEAD\ninclude: a", "1:1: git conflict marker; finish the merge and remove it"),
                Arguments.of("include: a\n=======\n", "2:1: git conflict marker; finish the merge and remove it"),
                Arguments.of("include: a\n>>>>>>> topic", "2:1: git conflict marker; finish the merge and remove it"),
                Arguments.of("include: a\0b", "1:11: control character U+0000; remove it"),
                Arguments.of("include: a\n# \u001b[0m", "2:3: control character U+001B; remove it"),
                Arguments.of("include: a\n---\ninclude: b",
                        "2:1: a second document begins here; keep one and remove this \"---\""),
                Arguments.of("env: !!java.lang.Runtime {}",
                        "1:6: tags are not allowed here; remove it, or quote the text"),
                Arguments.of("x: !<tag:a> 5", "1:4: tags are not allowed here; remove it, or quote the text"),
                Arguments.of("a: &a [*a]",
                        "1:4: anchors and aliases are not supported; write the value out, or quote it"),
                Arguments.of("include: &all\n- a",
                        "1:10: anchors and aliases are not supported; write the value out, or quote it"),
                Arguments.of("env: {<<: {A: b}}", "1:7: merge keys are not supported; write the entries out"),
                Arguments.of("include:\n  - a\n    b", "2:5: include, item 1 goes on in the next line;"
                        + " check the indentation there, or use quotes"),
                Arguments.of("include: \"a", "2:1: the file ends inside a quoted text or a list; close it"),
                Arguments.of("a: b: c", "1:5: a \": \" does not fit here; check the indentation, or quote the text"),
                Arguments.of("include: a\nexclude", "3:1: expected \"key: value\"; check the line and its indentation"),
                Arguments.of("include: \"\\d\"",
                        "1:12: a backslash in double quotes does not fit; use single quotes, which keep it"));
    }

    @ParameterizedTest
    @MethodSource("brokenText")
    void brokenYamlIsExplainedWithPlaceAndRemedy(String text, String message) {
        assertEquals(".meshwatch:" + message, fault(text));
    }

    @Test
    void nestingWithoutEndIsRefused() {
        String message = fault("x: " + "[".repeat(100_000));
        assertEquals(".meshwatch:1:53: is nested more than 50 levels deep; flatten it", message);
    }

    @Test
    void aThousandPatternsAreReadAndOneMoreIsRefused() {
        String line = "- \"a\"\n";
        assertEquals(1000, MeshwatchText.read("include:\n" + line.repeat(1000)).include().size());
        assertEquals(".meshwatch:1002:3: more than 1000 patterns; join some with ** or {a,b}",
                fault("include:\n" + line.repeat(1000) + "- \"b\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "env:\n  A: *s3cr3t", "env:\n  A: &s3cr3t", "env:\n  A: !s3cr3t", "env:\n  A: @s3cr3t", "env: {A: %s3cr3t}",
            "env:\n- @s3cr3t", "env: s3cr3t", "env:\n  A: [s3cr3t]", "env:\n  A: {s3cr3t}.x", "env:\n  A: 's3cr3t",
            "env:\n  A: s3cr3t: s3cr3t", "env:\n  A: \"s3cr3t\\d\"", "env:\n  A: !!str s3cr3t",
            "env:\n  A: !s3cr3t!x y", "env:\n  A: s3cr3t\n    s3cr3t", "agents:\n  a:\n    command:\n    - @s3cr3t",
            "agents: {a: {env: {A: [s3cr3t]}}}", "agents: {a: {health: 'http://u:s3cr3t@x:y/'}}",
            "agents: {a: {env: {A: *s3cr3t}}}", "env:\n  - A: @s3cr3t", "env: {A 's3cr3t'}",
            "env: {A:|s3cr3t: 1, A:|s3cr3t: 2}", "agents: {a s3cr3t: {}}", "env: {s3cr3t}"})
    void valuesOfVariablesNeverAppearInAMessage(String text) {
        assertFalse(fault(text).contains("s3cr3t"), fault(text));
    }

    @Test
    void whateverIsTypedTheReaderEndsWithRulesOrAPlace() {
        String good = "include:\n  - \"a/**/*.py\"\nexclude: [a, 'b']\nreload_delay: 500\nenv: {A: \"x\"}\n"
                + "agents:\n  a:\n    command: [x, y]\n    port: 9\n";
        String keys = "*!{}[]@&%`\"'\t \n:-#,|>?~<0a\u00e9\u0085\u2028\\\r";
        Random random = new Random(1);
        for (int i = 0; i < 1000; i++) {
            StringBuilder text = new StringBuilder(good);
            for (int slip = 0; slip < 1 + i % 3; slip++) {
                text.insert(random.nextInt(text.length()), keys.charAt(random.nextInt(keys.length())));
                text.deleteCharAt(random.nextInt(text.length()));
            }
            try {
                MeshwatchText.read(text.toString());
            } catch (ConfigException e) {
                assertTrue(e.getMessage().matches("(?s)\\.meshwatch:\\d+:\\d+: .+"), e.getMessage());
            }
        }
    }
}
