package meshdev.report;

import java.nio.file.Path;
import java.time.InstantSource;

/** A process that appends lines: path, bytes before rotation, files, name, count; says "ready" and waits for a line. */
final class LogAppender {
    private LogAppender() {}

    public static void main(String[] args) throws Exception {
        Rotation rotation = new Rotation(Long.parseLong(args[1]), Integer.parseInt(args[2]));
        RotatingLog log = new RotatingLog(Path.of(args[0]), rotation, InstantSource.system(), System.err::println);
        System.out.println("ready");
        System.in.read();
        append(log, args[3], Integer.parseInt(args[4]));
    }

    static void append(RotatingLog log, String name, int count) {
        for (int number = 0; number < count; number++) {
            log.append(name + " " + number + " " + "x".repeat(number % 200));
        }
    }
}
