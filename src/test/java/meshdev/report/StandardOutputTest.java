package meshdev.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StandardOutputTest {
    @Test
    void aReaderThatLeavesIsNoticed() throws Exception {
        assertEquals(141, run("| head -1 >/dev/null; exit ${PIPESTATUS[0]}"));
    }

    @Test
    void aPipeThatWasMadeNonBlockingAndIsFullLosesNothing() throws Exception {
        String slowReader = "| python3 -c 'import os,sys,time\n"
                + "time.sleep(0.3)\nn=0\n"
                + "while True:\n b=os.read(0,65536)\n n+=len(b)\n if not b: break\nsys.exit(n != 2000*81)'";
        assertEquals(0, run(slowReader));
    }

    private static int run(String pipeline) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String nonBlocking = "python3 -c 'import os,sys\nos.set_blocking(1, False)\nos.execv(sys.argv[1], sys.argv[1:])' ";
        String command = nonBlocking + "'" + java + "' -cp '" + System.getProperty("java.class.path") + "' '"
                + Talker.class.getName() + "' " + pipeline;
        Process process = new ProcessBuilder("bash", "-o", "pipefail", "-c", command).inheritIO().start();
        process.waitFor(50, TimeUnit.SECONDS);
        return process.exitValue();
    }

    /** Says 2000 lines of 81 bytes; exit code 141 when the reader left. */
    static final class Talker {
        private Talker() {}

        public static void main(String[] args) {
            byte[] line = ("0123456789".repeat(8) + "\n").getBytes(UTF_8);
            try (StandardOutput out = new StandardOutput()) {
                for (int i = 0; i < 2000; i++) {
                    out.write(line, 0, line.length);
                }
            } catch (IOException e) {
                System.exit(141);
            }
        }
    }
}
