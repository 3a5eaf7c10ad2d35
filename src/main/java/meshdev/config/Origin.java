package meshdev.config;

import java.nio.file.Path;

/**
 * Where a setting was said, in the words a user can act on: {@code .meshwatch:3:5}, {@code MCP_MESH_RELOAD_DELAY},
 * {@code --reload-delay} or {@code built-in}.
 */
public record Origin(String text) {
    public static final Origin BUILT_IN = new Origin("built-in");

    /** A place in a file; line and column count from 1. */
    public static Origin at(Path file, int line, int column) {
        return at(file.toString(), line, column);
    }

    /** A place in a file that is called {@code name} towards the user; line and column count from 1. */
    public static Origin at(String name, int line, int column) {
        return new Origin(name + ":" + line + ":" + column);
    }

    public static Origin variable(String name) {
        return new Origin(name);
    }

    public static Origin flag(String name) {
        return new Origin(name);
    }

    /** Written out: a record's own would be made at run time, which costs a start 10 ms. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Origin origin && text.equals(origin.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
