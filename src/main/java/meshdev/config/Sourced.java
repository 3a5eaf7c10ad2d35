package meshdev.config;

/** A value together with the place it was said at. */
public record Sourced<T>(T value, Origin origin) {
    public static <T> Sourced<T> builtIn(T value) {
        return new Sourced<>(value, Origin.BUILT_IN);
    }
}
