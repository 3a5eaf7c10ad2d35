package meshdev.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the entries of one map of a {@code .meshwatch} as the types that its keys want. */
final class Section {
    private final Checks checks;
    private final String prefix;
    private final Map<String, YamlNode> values = new LinkedHashMap<>();

    /**
     * @param prefix before every key in messages: empty, or {@code agents.orders.}
     * @param known  other keys are warned about and ignored; keys without a value are warned about
     */
    Section(Checks checks, String prefix, YamlNode.Fields fields, List<String> known) {
        this.checks = checks;
        this.prefix = prefix;
        for (YamlNode.Field field : fields.fields()) {
            if (!known.contains(field.key())) {
                throw checks.error(field.at(), "unknown key " + Quoted.name(prefix + field.key())
                        + (Suggestion.forWord(field.key(), known).isEmpty() ? "; remove it or see README.md for the keys"
                        : Suggestion.forWord(field.key(), known)));
            } else if (field.value() instanceof YamlNode.Text text && text.isNothing()) {
                checks.warn(field.at(), prefix + field.key() + " has no value and counts as not given");
            } else {
                values.put(field.key(), field.value());
            }
        }
    }

    Optional<YamlNode> value(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** Words of any kind, but not empty. */
    Optional<Sourced<String>> text(String key) {
        return read(key, said -> {
            if (said.text().isEmpty()) {
                throw said.refuse("is empty; write a value or remove the key");
            }
            return said.text();
        });
    }

    /** A value of one word, understood by {@code reading}. */
    <T> Optional<Sourced<T>> read(String key, Reading<T> reading) {
        YamlNode node = values.get(key);
        if (node == null) {
            return Optional.empty();
        }
        YamlNode.Text text = scalar(node, prefix + key);
        return Optional.of(checks.sourced(reading.of(checks.said(text, prefix + key)), text.at()));
    }

    Optional<Sourced<Duration>> duration(String key, DurationRule rule) {
        return read(key, rule);
    }

    Optional<Sourced<Integer>> integer(String key, int least, int most) {
        return read(key, said -> integer(said, least, most));
    }

    static int integer(Said said, int least, int most) {
        String text = said.text();
        boolean plausible = !text.isEmpty() && text.length() <= 9 && (text.charAt(0) != '0' || text.length() == 1);
        for (int i = 0; i < text.length(); i++) {
            plausible &= text.charAt(i) >= '0' && text.charAt(i) <= '9';
        }
        int number = plausible ? Integer.parseInt(text) : -1;
        if (number < least || number > most) {
            throw said.refuse("does not fit; use a plain integer from " + least + " to " + most);
        }
        return number;
    }

    /** Globs; one alone counts as a list of one. Numbers, dates and booleans are refused, for they lack quotes. */
    List<Sourced<String>> patterns(String key) {
        List<Sourced<String>> patterns = new ArrayList<>();
        for (YamlNode.Text text : texts(key)) {
            checks.countPattern(text.at());
            String label = label(key, patterns.size());
            if (!text.kind().equals("text")) {
                throw checks.error(text.at(), label + " is " + text.kind() + "; quote it to make it a pattern: "
                        + Quoted.yaml(text.value()));
            }
            if (text.value().isBlank()) {
                throw checks.error(text.at(), label + " is empty; write a pattern or remove it");
            }
            patterns.add(checks.sourced(text.value(), text.at()));
        }
        return patterns;
    }

    /** Words; one alone counts as a list of one, numbers and booleans are taken as written. */
    List<String> words(String key) {
        List<String> words = new ArrayList<>();
        for (YamlNode.Text text : texts(key)) {
            words.add(text.value());
        }
        return words;
    }

    /** Names, each with its place; one alone counts as a list of one, repeats count once. */
    List<Sourced<String>> names(String key) {
        Map<String, Sourced<String>> names = new LinkedHashMap<>();
        for (YamlNode.Text text : texts(key)) {
            names.putIfAbsent(text.value(), checks.sourced(text.value(), text.at()));
        }
        return new ArrayList<>(names.values());
    }

    private List<YamlNode.Text> texts(String key) {
        YamlNode node = values.get(key);
        if (node == null) {
            return List.of();
        }
        if (!(node instanceof YamlNode.Items items)) {
            if (node instanceof YamlNode.Fields) {
                throw wrong(node, prefix + key, "a list or one text");
            }
            return List.of(scalar(node, prefix + key));
        }
        List<YamlNode.Text> texts = new ArrayList<>(items.items().size());
        for (YamlNode item : items.items()) {
            texts.add(item(item, key, texts.size()));
        }
        return texts;
    }

    private YamlNode.Text item(YamlNode item, String key, int index) {
        YamlNode.Text text = scalar(item, label(key, index));
        if (text.isNothing()) {
            throw checks.error(text.at(), label(key, index) + " is empty; remove it, or quote a text that begins with #");
        }
        return text;
    }

    private String label(String key, int index) {
        return prefix + key + ", item " + (index + 1);
    }

    private YamlNode.Text scalar(YamlNode node, String label) {
        if (node instanceof YamlNode.Text text) {
            checks.refuseSeveralLines(text, label);
            return text;
        }
        throw wrong(node, label, "one text");
    }

    private ConfigException wrong(YamlNode node, String label, String wanted) {
        UnquotedGlob written = checks.written(node.at());
        boolean glob = (written.text().startsWith("[") || written.text().startsWith("{")) && !written.text().contains(": ");
        String remedy = glob && written.mayBeShown() && written.at().equals(node.at())
                ? "; quote the pattern: " + Quoted.yaml(written.text()) : "";
        return checks.error(node.at(), label + " must be " + wanted + ", found " + node.kind() + remedy);
    }

    /** Environment variables; values stay as written and are never shown. */
    Map<String, String> environment(String key) {
        YamlNode node = values.get(key);
        if (node == null) {
            return Map.of();
        }
        return EnvBlock.read(checks, prefix + key, node);
    }

    /** Understands one word or refuses it with a {@link ConfigException}. */
    @FunctionalInterface
    interface Reading<T> {
        T of(Said said);
    }
}
