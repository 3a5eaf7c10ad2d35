package meshdev.realmesh;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Asks a registry all the time whether it is healthy, and knows the longest time when it was not. */
final class HealthWatch implements AutoCloseable {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofMillis(500)).build();
    private final HttpRequest question;
    private final Thread thread;
    private volatile long lastHealthy = System.nanoTime();
    private volatile long longest;
    private volatile boolean up;
    private volatile boolean closed;

    HealthWatch(String registryUrl) {
        question = HttpRequest.newBuilder(URI.create(registryUrl + "/health")).timeout(Duration.ofSeconds(1)).build();
        thread = new Thread(this::run, "health of " + registryUrl);
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (!closed) {
            if (isHealthy()) {
                lastHealthy = System.nanoTime();
                up = true;
            }
            longest = Math.max(longest, System.nanoTime() - lastHealthy);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private boolean isHealthy() {
        try {
            return client.send(question, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Whether it has been healthy since this watch began. */
    boolean isUp() {
        return up;
    }

    Duration longestDown() {
        return Duration.ofNanos(Math.max(longest, System.nanoTime() - lastHealthy));
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
