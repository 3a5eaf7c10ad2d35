package meshdev.process;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Asks one starting agent's health URL until it answers 2xx or the agent ends; a thread each, for it may hang. */
final class HealthProbe {
    private static final int ANSWER_LIMIT_MILLIS = 2000;
    private static final long FIRST_PAUSE_MILLIS = 10;
    private static final long LONGEST_PAUSE_MILLIS = 500;

    private HealthProbe() {
    }

    /** @param health an absolute URL, or a path on the sign's port, asked at both loopback addresses */
    static void start(String name, AgentProcess process, String health, ReadySign sign, ReadySign.Listener listener) {
        List<String> urls = health.startsWith("/")
                ? List.of("http://127.0.0.1:" + sign.port().orElseThrow() + health,
                        "http://[::1]:" + sign.port().orElseThrow() + health)
                : List.of(health);
        Runnable asking = () -> {
            if (awaitHealthy(process, urls)) {
                listener.ready(sign);
            }
        };
        Thread thread = new Thread(null, asking, "health-" + name, 0);
        thread.setDaemon(true);
        thread.start();
    }

    private static boolean awaitHealthy(AgentProcess process, List<String> urls) {
        CountDownLatch never = new CountDownLatch(1);
        long pause = FIRST_PAUSE_MILLIS;
        try {
            while (!process.group().isOver()) {
                for (String url : urls) {
                    if (healthy(url)) {
                        return true;
                    }
                }
                never.await(pause, TimeUnit.MILLISECONDS);
                pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private static boolean healthy(String url) {
        try {
            HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(ANSWER_LIMIT_MILLIS);
            connection.setReadTimeout(ANSWER_LIMIT_MILLIS);
            connection.setUseCaches(false);
            int status = connection.getResponseCode();
            connection.disconnect();
            return status >= 200 && status < 300;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }
}
