package meshdev.python;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import meshdev.process.Conversation;

/** One life of the inspector's process: gives each request the answers that are for it. Thread-safe. */
final class InspectorSession implements Conversation.Listener {
    private static final String ANSWER = "\u001e";
    /** More than a request has answers. */
    private static final int MOST_ANSWERS = 2 * Inspector.MOST_FILES;
    private static final String[] END = {};

    private final Map<String, BlockingQueue<String[]>> waiting = new ConcurrentHashMap<>();
    private final AtomicLong requests = new AtomicLong();
    private final Conversation conversation;
    private volatile boolean ended;

    /** @throws IOException when it cannot be started */
    InspectorSession(List<String> command, Path workingDirectory, Map<String, String> environment) throws IOException {
        conversation = Conversation.start(command, workingDirectory, environment, this);
    }

    /** How waiting for an answer went. */
    enum Outcome { ANSWER, DONE, ENDED, TIMEOUT }

    /** @param words of the answer, without the request's id */
    record Reply(Outcome outcome, String[] words) {
        private static Reply without(Outcome outcome) {
            return new Reply(outcome, END);
        }
    }

    /** A request under way. */
    final class Exchange implements AutoCloseable {
        private final String id = Long.toString(requests.incrementAndGet());
        private final BlockingQueue<String[]> answers = new ArrayBlockingQueue<>(MOST_ANSWERS);

        private Exchange(String kind, String values) throws IOException {
            waiting.put(id, answers);
            conversation.send(kind + " " + id + values);
        }

        /** Waits for the next answer. */
        Reply next(Duration limit) throws InterruptedException {
            String[] words = ended ? answers.poll() : answers.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
            if (words == null) {
                return Reply.without(ended ? Outcome.ENDED : Outcome.TIMEOUT);
            }
            if (words == END) {
                return Reply.without(Outcome.ENDED);
            }
            return words.length == 1 && words[0].equals("DONE") ? Reply.without(Outcome.DONE)
                    : new Reply(Outcome.ANSWER, words);
        }

        @Override
        public void close() {
            waiting.remove(id);
        }
    }

    /** @param values words with a space before each */
    Exchange ask(String kind, String values) throws IOException {
        return new Exchange(kind, values);
    }

    boolean isOver() {
        return ended;
    }

    long pid() {
        return conversation.pid();
    }

    void close() {
        ended = true;
        conversation.close();
    }

    @Override
    public void said(String line) {
        if (line.startsWith(ANSWER)) {
            String[] words = line.substring(ANSWER.length()).split(" ");
            BlockingQueue<String[]> answers = waiting.get(words[0]);
            if (answers != null) {
                answers.offer(Arrays.copyOfRange(words, 1, words.length));
            }
        }
    }

    @Override
    public void ended() {
        ended = true;
        waiting.values().forEach(answers -> answers.offer(END));
    }
}
