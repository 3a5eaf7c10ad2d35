package meshdev.python;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** One request to the inspector and what has been answered so far. Thread-safe. */
final class Question {
    private final String kind;
    private final List<Path> files;
    private final AtomicReferenceArray<String> answers;
    private final AtomicLong news = new AtomicLong();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean complete;

    Question(String kind, List<Path> files) {
        this.kind = kind;
        this.files = files;
        this.answers = new AtomicReferenceArray<>(Math.max(1, files.size()));
    }

    String line(String id) {
        StringBuilder line = new StringBuilder(kind).append(' ').append(id);
        files.forEach(file -> line.append(' ').append(Hex.of(file)));
        return line.toString();
    }

    /** @param said what follows the request's name: the number of a file and its answer, an answer, or {@code DONE} */
    void hear(String said) {
        news.incrementAndGet();
        if (said.equals("DONE")) {
            complete = true;
            over.countDown();
            return;
        }
        int blank = files.isEmpty() ? -1 : said.indexOf(' ');
        int number = blank < 0 ? 0 : Integer.parseInt(said.substring(0, blank));
        answers.set(number, said.substring(blank + 1));
    }

    /** Nothing more will be heard. */
    void lost() {
        over.countDown();
    }

    /** How a question ends: all answered, the program has left, or nothing was heard for too long. */
    enum End {
        ANSWERED, LEFT, SILENT
    }

    /** Waits for its end. */
    End await(Duration silence) throws InterruptedException {
        while (true) {
            long heard = news.get();
            if (over.await(silence.toMillis(), TimeUnit.MILLISECONDS)) {
                return complete ? End.ANSWERED : End.LEFT;
            }
            if (heard == news.get()) {
                return End.SILENT;
            }
        }
    }

    /** The number of files that were answered before the first that was not. */
    int answered() {
        int number = 0;
        while (number < files.size() && !answer(number).isEmpty()) {
            number++;
        }
        return number;
    }

    /** Empty when there is none. */
    String answer(int number) {
        String answer = answers.get(number);
        return answer == null ? "" : answer;
    }
}
