package meshdev.config;

/** How much mesh-dev's own log says; {@code WARNING} is read as {@code WARN}. */
public enum LogLevel {
    TRACE, DEBUG, INFO, WARN, ERROR
}
