package meshdev.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** Reads an {@code env:} map of a {@code .meshwatch}; its values never appear in a message. */
final class EnvBlock {
    private EnvBlock() {
    }

    /** @throws ConfigException when it is no map of proper names to scalars */
    static Map<String, String> read(Checks checks, String label, YamlNode node) {
        if (!(node instanceof YamlNode.Fields fields)) {
            throw checks.error(node.at(), label + " must be a map of NAME: value, found " + node.kind());
        }
        Map<String, String> variables = new LinkedHashMap<>();
        for (YamlNode.Field field : fields.fields()) {
            if (!EnvName.isName(field.key())) {
                throw checks.error(field.at(), label + ": " + Quoted.name(field.key()) + " is no variable name;"
                        + " use letters, digits and _, beginning with a letter or _");
            }
            variables.put(field.key(), value(checks, label, field));
        }
        return variables;
    }

    private static String value(Checks checks, String label, YamlNode.Field field) {
        if (!(field.value() instanceof YamlNode.Text text)) {
            throw checks.error(field.value().at(), label + ": " + field.key() + " must be one value, found "
                    + field.value().kind() + "; put it in quotes");
        }
        if (text.isNothing()) {
            throw checks.error(field.at(), label + ": a variable has no value here; write \"\" for an empty one");
        }
        checks.refuseSeveralLines(text, label + ": " + field.key());
        String problem = EnvName.problem(field.key(), text.value());
        if (!problem.isEmpty()) {
            throw checks.error(field.at(), label + ": " + problem + "; shorten it or use a file");
        }
        return text.value();
    }
}
