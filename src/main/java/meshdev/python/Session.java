package meshdev.python;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import meshdev.process.Conversation;

/** One life of the inspector's program. Thread-safe. */
final class Session implements AutoCloseable {
    private static final String MARK = "\u001e";

    private final Map<String, Question> open = new ConcurrentHashMap<>();
    private final Conversation conversation;
    private volatile boolean over;

    /** @throws IOException when it cannot be started */
    Session(Inspector.Program program) throws IOException {
        conversation = Conversation.start(program.command(), program.environment(), program.directory(), this::hear, this::left);
    }

    boolean isOver() {
        return over;
    }

    Question.End ask(String id, Question question, Duration silence) throws InterruptedException {
        open.put(id, question);
        try {
            if (over || !conversation.say(question.line(id))) {
                return Question.End.LEFT;
            }
            return question.await(silence);
        } finally {
            open.remove(id);
        }
    }

    /** Any other line was printed by what the interpreter runs at its start. */
    private void hear(String line) {
        int blank = line.indexOf(' ');
        Question question = line.startsWith(MARK) && blank > 0 ? open.get(line.substring(1, blank)) : null;
        if (question != null) {
            question.hear(line.substring(blank + 1));
        }
    }

    private void left() {
        over = true;
        open.values().forEach(Question::lost);
    }

    void kill() {
        conversation.kill();
    }

    @Override
    public void close() {
        conversation.close();
    }
}
