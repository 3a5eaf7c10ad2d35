package meshdev.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import meshdev.supervise.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A virtual machine that ends by a signal which came before the program's own handlers, as one whose System.exit is called. */
@Timeout(60)
class SignalsTest {
    private static final int CODE = 143;

    @Test
    void nothingIsLaunchedWhenTheVirtualMachineIsEndingAlready() throws Exception {
        assertEquals("handled: false\n", output("ending"));
    }

    @Test
    void anEndThatBeganUnseenWaitsForTheAgents() throws Exception {
        assertEquals("handled: true\nQuit[exitCode=143]\nagents are down\n", output("unseen"));
    }

    @Test
    void theEndBehindARunWaitsForNobody() throws Exception {
        assertEquals("handled: true\n", output("usual"));
    }

    private static String output(String scene) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), Scene.class.getName(), scene)
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(CODE, process.waitFor());
        return said;
    }

    /** The program of these tests. */
    static final class Scene {
        private Scene() {}

        public static void main(String[] arguments) throws InterruptedException {
            CountDownLatch told = new CountDownLatch(1);
            BlockingQueue<Message> inbox = new LinkedBlockingQueue<>();
            try (Signals signals = new Signals()) {
                if (arguments[0].equals("ending")) {
                    endSlowly(told);
                }
                System.out.println("handled: " + signals.handle(inbox::add));
                if (arguments[0].equals("unseen")) {
                    new Thread(() -> System.exit(CODE)).start();
                    System.out.println(inbox.poll(20, TimeUnit.SECONDS));
                    System.out.println("agents are down");
                }
            }
            told.countDown();
            System.exit(CODE);
        }

        /** Returns when the end has begun; it goes on when {@code told}. */
        private static void endSlowly(CountDownLatch told) throws InterruptedException {
            CountDownLatch begun = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                begun.countDown();
                try {
                    told.await(20, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
            new Thread(() -> System.exit(CODE)).start();
            begun.await();
        }
    }
}
