package meshdev.config;

import java.util.List;

/** A value of a YAML file with its place; scalars stay raw text, because YAML's own reading of numbers surprises. */
sealed interface YamlNode {
    Place at();

    /** What this is, in words for a message: {@code a list}. */
    String kind();

    /**
     * A scalar.
     *
     * @param plain        written without quotes
     * @param severalLines begins and ends on different lines
     */
    record Text(String value, boolean plain, boolean severalLines, Place at) implements YamlNode {
        @Override
        public String kind() {
            return plain ? PlainScalar.kind(value) : "text";
        }

        boolean isNothing() {
            return plain && PlainScalar.isNothing(value);
        }
    }

    /** A list. */
    record Items(List<YamlNode> items, Place at) implements YamlNode {
        @Override
        public String kind() {
            return "a list";
        }
    }

    /** A map whose keys are distinct texts. */
    record Fields(List<Field> fields, Place at) implements YamlNode {
        @Override
        public String kind() {
            return "a map";
        }
    }

    /**
     * One entry of a map.
     *
     * @param at where the key begins
     */
    record Field(String key, Place at, YamlNode value) {
    }
}
