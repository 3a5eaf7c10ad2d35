package meshdev.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the {@code agents:} map of a {@code .meshwatch}. */
final class AgentEntries {
    private static final List<String> KEYS = List.of("path", "command", "cwd", "env", "port", "health", "watch",
            "stop_signal", "stop_timeout", "depends_on");
    private static final String RESERVED = "mesh-dev";
    private static final int LAST_PORT = 65_535;

    private AgentEntries() {
    }

    /** Settings by agent name in the order of the file; empty without the key. */
    static Map<String, AgentSettings> read(Checks checks, Optional<YamlNode> node) {
        Map<String, AgentSettings> agents = new LinkedHashMap<>();
        if (node.isEmpty()) {
            return agents;
        }
        if (!(node.get() instanceof YamlNode.Fields fields)) {
            throw checks.error(node.get().at(), "agents must be a map of agent name to settings, found "
                    + node.get().kind());
        }
        for (YamlNode.Field field : fields.fields()) {
            refuseName(checks, field);
            agents.put(field.key(), entry(checks, field));
        }
        return agents;
    }

    private static void refuseName(Checks checks, YamlNode.Field field) {
        if (field.key().equals(RESERVED)) {
            throw checks.error(field.at(), "agents: the name mesh-dev is taken by mesh-dev itself; choose another");
        }
        for (int i = 0; i < field.key().length(); i++) {
            char c = field.key().charAt(i);
            if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-') {
                throw checks.error(field.at(), "agents: " + Quoted.name(field.key())
                        + " is no agent name; use small letters, digits and -");
            }
        }
        if (field.key().isEmpty()) {
            throw checks.error(field.at(), "agents: an agent needs a name of small letters, digits and -");
        }
    }

    private static AgentSettings entry(Checks checks, YamlNode.Field field) {
        String prefix = "agents." + field.key();
        YamlNode.Fields fields = fields(checks, prefix, field);
        Section section = new Section(checks, prefix + ".", fields, KEYS);
        return new AgentSettings(checks.origin(field.at()),
                section.text("path"),
                section.words("command"),
                section.text("cwd"),
                section.environment("env"),
                section.integer("port", 1, LAST_PORT),
                section.read("health", AgentEntries::health),
                section.patterns("watch"),
                section.read("stop_signal", Spelling::signal),
                section.duration("stop_timeout", DurationRule.STOP_TIMEOUT),
                section.names("depends_on"));
    }

    private static YamlNode.Fields fields(Checks checks, String prefix, YamlNode.Field field) {
        if (field.value() instanceof YamlNode.Text text && text.isNothing()) {
            checks.warn(field.at(), prefix + " has no settings");
            return new YamlNode.Fields(List.of(), field.at());
        }
        if (field.value() instanceof YamlNode.Fields fields) {
            return fields;
        }
        throw checks.error(field.value().at(), prefix + " must be a map of settings, found " + field.value().kind());
    }

    private static String health(Said said) {
        String text = said.text();
        if (text.startsWith("/") && HttpUrl.isPrintable(text) || HttpUrl.parse(text).isPresent()) {
            return text;
        }
        throw new Said(HttpUrl.masked(text), said.place())
                .refuse("is no health address; use a path such as /health or an http(s) URL");
    }
}
