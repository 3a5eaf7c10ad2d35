package meshdev.process;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.LoggerFactory;

/**
 * Counts the processes of this run wherever they went. One thread looks, so that nobody else has to wait; requests that
 * come while it looks are answered together by its next look, so the queue holds one per agent at most.
 */
final class Census {
    private final ProcessTable table;
    private final Mark mark;
    private final BlockingQueue<CompletableFuture<List<MarkedProcess>>> requests = new LinkedBlockingQueue<>();
    private boolean started;

    Census(ProcessTable table, Mark mark) {
        this.table = table;
        this.mark = mark;
    }

    /** Completed with all processes of this run that live at a moment after this call. */
    CompletableFuture<List<MarkedProcess>> take() {
        CompletableFuture<List<MarkedProcess>> request = new CompletableFuture<>();
        requests.add(request);
        startOnce();
        return request;
    }

    /** With the first request: nobody needs it before the first agent ends. */
    private synchronized void startOnce() {
        if (!started) {
            Thread thread = new Thread(null, this::run, "census", 0);
            thread.setDaemon(true);
            thread.start();
            started = true;
        }
    }

    private void run() {
        List<CompletableFuture<List<MarkedProcess>>> answered = new ArrayList<>();
        try {
            while (true) {
                answered.add(requests.take());
                requests.drainTo(answered);
                List<MarkedProcess> all = look();
                answered.forEach(request -> request.complete(all));
                answered.clear();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<MarkedProcess> look() {
        try {
            return table.marked(mark.run());
        } catch (RuntimeException e) {
            LoggerFactory.getLogger(Census.class).error("could not look for processes", e);
            return List.of();
        }
    }
}
