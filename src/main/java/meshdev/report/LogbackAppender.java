package meshdev.report;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import meshdev.config.LogLevel;

/** Writes logback's events into mesh-dev's own log: logger, message and, a line each, the stack trace. */
final class LogbackAppender extends AppenderBase<ILoggingEvent> {
    private final LogFiles files;

    LogbackAppender(LogFiles files) {
        this.files = files;
    }

    @Override
    protected void append(ILoggingEvent event) {
        LogLevel level = level(event.getLevel());
        write(level, event.getLoggerName() + ": " + event.getFormattedMessage());
        if (event.getThrowableProxy() != null) {
            write(level, ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
    }

    private void write(LogLevel level, String text) {
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
            files.own(level, text.substring(start, end).stripTrailing());
            start = end + 1;
        }
        if (start < text.length()) {
            files.own(level, text.substring(start).stripTrailing());
        }
    }

    private static LogLevel level(Level level) {
        return switch (level.toInt()) {
            case Level.ERROR_INT -> LogLevel.ERROR;
            case Level.WARN_INT -> LogLevel.WARN;
            case Level.INFO_INT -> LogLevel.INFO;
            case Level.DEBUG_INT -> LogLevel.DEBUG;
            default -> LogLevel.TRACE;
        };
    }
}
