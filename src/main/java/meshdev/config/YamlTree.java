package meshdev.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Builds the tree of a YAML text from snakeyaml's events. Not its own node tree: events keep the place of an alias, never
 * form a cycle, and need none of the regular expressions its type resolver compiles at start. Anchors, aliases and tags are
 * refused, duplicate keys too, and nesting is limited, so the tree is finite and small.
 */
final class YamlTree {
    private static final int DEEPEST = 50;

    private final SourceText source;
    private final ParserImpl parser;

    private YamlTree(SourceText source) {
        this.source = source;
        this.parser = new ParserImpl(new StreamReader(source.text()), new LoaderOptions());
    }

    /**
     * The one document of a text; empty when it has none.
     *
     * @throws ConfigException with the place of the first fault
     */
    static Optional<YamlNode> parse(SourceText source) {
        SourceCheck.check(source);
        try {
            return new YamlTree(source).document();
        } catch (MarkedYAMLException e) {
            throw YamlComplaint.explain(source, e);
        } catch (YAMLException e) {
            throw source.error(Place.START, "is no valid YAML text; save the file as UTF-8 without special characters");
        }
    }

    private Optional<YamlNode> document() {
        parser.getEvent();
        if (parser.checkEvent(Event.ID.StreamEnd)) {
            return Optional.empty();
        }
        parser.getEvent();
        YamlNode root = node(1);
        parser.getEvent();
        if (!parser.checkEvent(Event.ID.StreamEnd)) {
            throw source.error(place(parser.peekEvent().getStartMark()),
                    "a second document begins here; keep one and remove this \"---\"");
        }
        return Optional.of(root);
    }

    private YamlNode node(int depth) {
        Event event = parser.getEvent();
        Place at = place(event.getStartMark());
        refuseDecoration((NodeEvent) event, at);
        if (depth > DEEPEST) {
            throw source.error(at, "is nested more than " + DEEPEST + " levels deep; flatten it");
        }
        return switch (event.getEventId()) {
            case Scalar -> text((ScalarEvent) event, at);
            case SequenceStart -> items(depth, at);
            default -> fields(depth, at);
        };
    }

    private static YamlNode.Text text(ScalarEvent event, Place at) {
        boolean severalLines = event.getStartMark().getLine() != event.getEndMark().getLine();
        return new YamlNode.Text(event.getValue(), event.isPlain(), severalLines, at);
    }

    private YamlNode items(int depth, Place at) {
        List<YamlNode> items = new ArrayList<>();
        while (!parser.checkEvent(Event.ID.SequenceEnd)) {
            items.add(node(depth + 1));
        }
        parser.getEvent();
        return new YamlNode.Items(items, at);
    }

    private YamlNode fields(int depth, Place at) {
        List<YamlNode.Field> fields = new ArrayList<>();
        Map<String, Integer> lines = new HashMap<>();
        while (!parser.checkEvent(Event.ID.MappingEnd)) {
            YamlNode key = node(depth + 1);
            YamlNode.Field field = new YamlNode.Field(keyText(key), key.at(), node(depth + 1));
            Integer first = lines.putIfAbsent(field.key(), field.at().line());
            if (first != null) {
                throw source.error(field.at(), Quoted.name(field.key()) + " is given twice, in line " + first
                        + " and in line " + field.at().line() + "; keep one");
            }
            fields.add(field);
        }
        parser.getEvent();
        return new YamlNode.Fields(fields, at);
    }

    private String keyText(YamlNode key) {
        if (key instanceof YamlNode.Text text && !text.severalLines()) {
            if (text.plain() && text.value().equals("<<")) {
                throw source.error(key.at(), "merge keys are not supported; write the entries out");
            }
            return text.value();
        }
        if (source.line(key.at().line()).startsWith("{", key.at().column() - 1)) {
            throw YamlComplaint.unquoted(source, key.at());
        }
        throw source.error(key.at(), "a key must be one word, found " + key.kind());
    }

    private void refuseDecoration(NodeEvent event, Place at) {
        boolean tagged = event instanceof ScalarEvent scalar && scalar.getTag() != null
                || event instanceof CollectionStartEvent collection && collection.getTag() != null;
        if (event.getEventId() == Event.ID.Alias || event.getAnchor() != null || tagged) {
            throw YamlComplaint.decorated(source, at);
        }
    }

    private static Place place(Mark mark) {
        return new Place(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
