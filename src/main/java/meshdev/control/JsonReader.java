package meshdev.control;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the JSON that {@link Json} writes: objects as maps in their order, arrays as lists, strings, booleans, numbers as
 * {@code Long} or {@code Double}. No {@code null}. Whatever else it is given, it throws {@code IllegalArgumentException}.
 */
final class JsonReader {
    private static final int DEEPEST = 32;
    private static final int HEX_DIGITS = 4;

    private final String text;
    private int at;
    private int depth;

    private JsonReader(String text) {
        this.text = text;
    }

    /** The whole text as one object. */
    static Map<String, Object> object(String text) {
        JsonReader reader = new JsonReader(text);
        reader.expect('{');
        Map<String, Object> object = reader.members();
        if (reader.next() != 0) {
            throw reader.wrong("more behind the object");
        }
        return object;
    }

    private Object value() {
        char c = next();
        if (c == '{' || c == '[') {
            at++;
            if (++depth > DEEPEST) {
                throw wrong("too deep");
            }
            Object value = c == '{' ? members() : elements();
            depth--;
            return value;
        }
        if (c == '"') {
            return string();
        }
        return word();
    }

    private Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        if (skip('}')) {
            return members;
        }
        do {
            String name = string();
            expect(':');
            members.put(name, value());
        } while (skip(','));
        expect('}');
        return members;
    }

    private List<Object> elements() {
        List<Object> elements = new ArrayList<>();
        if (skip(']')) {
            return elements;
        }
        do {
            elements.add(value());
        } while (skip(','));
        expect(']');
        return elements;
    }

    private String string() {
        expect('"');
        StringBuilder string = new StringBuilder();
        for (char c = any(); c != '"'; c = any()) {
            if (c < 0x20) {
                throw wrong("a control character");
            }
            string.append(c == '\\' ? escaped() : c);
        }
        return string.toString();
    }

    private char escaped() {
        char c = any();
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> codeUnit();
            default -> throw wrong("an unknown escape");
        };
    }

    private char codeUnit() {
        int unit = 0;
        for (int digit = 0; digit < HEX_DIGITS; digit++) {
            int value = Character.digit(any(), 16);
            if (value < 0) {
                throw wrong("no hexadecimal digit");
            }
            unit = unit * 16 + value;
        }
        return (char) unit;
    }

    /** A boolean or a number. */
    private Object word() {
        int begin = at;
        while (at < text.length() && ",]} \t\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String word = text.substring(begin, at);
        if (word.equals("true") || word.equals("false")) {
            return word.equals("true");
        }
        if (word.isEmpty() || "-0123456789".indexOf(word.charAt(0)) < 0) {
            throw wrong("no value");
        }
        return word.matches("-?\\d{1,18}") ? (Object) Long.valueOf(word) : (Object) Double.valueOf(word);
    }

    private boolean skip(char wanted) {
        boolean found = next() == wanted;
        at += found ? 1 : 0;
        return found;
    }

    private void expect(char wanted) {
        if (!skip(wanted)) {
            throw wrong("no " + wanted);
        }
    }

    /** The next character that is no blank, which is not passed; 0 at the end. */
    private char next() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : 0;
    }

    private char any() {
        if (at >= text.length()) {
            throw wrong("a string without its end");
        }
        return text.charAt(at++);
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(what + " at character " + (at + 1));
    }
}
