package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A hundred thousand files. Runs alone: times are measured. The trees are made once and kept below target/. */
@Isolated
final class BigTreesIT extends BlackBox {
    private static final int FOLDERS = 1000;

    /** Makes 1000 folders of 100 empty files, unless they are there. */
    private Path tree(String name) {
        Path tree = Built.SCRATCH.resolve("trees").resolve(name);
        if (!Files.exists(tree.resolve("complete"))) {
            project.shell("""
                    python3 - "$1" <<'END'
                    import os, sys
                    for d in range(%d):
                        folder = f"{sys.argv[1]}/d{d // 40}/e{d}"
                        os.makedirs(folder, exist_ok=True)
                        for f in range(100):
                            os.close(os.open(f"{folder}/m{f}.py", os.O_CREAT | os.O_WRONLY))
                    open(sys.argv[1] + "/complete", "w").close()
                    END
                    """.formatted(FOLDERS), tree.toString());
        }
        return tree;
    }

    private long millisToReady() {
        long begin = System.nanoTime();
        MeshDev meshDev = project.startReady("orders");
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        meshDev.end();
        return took;
    }

    @Test
    void excludedFilesCostNoWatchAndNoTime() {
        JournalAgent agent = project.agent("orders");
        project.with(agent).write(".meshwatch", "include: ['**/*.py']\nreload_delay: 100\n");
        long without = Math.min(millisToReady(), Math.min(millisToReady(), millisToReady()));
        project.shell("mv \"$1\" .venv", tree("excluded").toString());
        try {
            long with = Math.min(millisToReady(), Math.min(millisToReady(), millisToReady()));
            MeshDev meshDev = project.startReady("orders");
            Proc process = new Proc(meshDev.pid());
            Patience.until("watches on the project and agents/", () -> process.watches() == 2, () -> process.watches() + " watches");
            Patience.staysFor("two watches", Duration.ofMillis(500), () -> process.watches() == 2, () -> process.watches() + " watches");
            assertTrue(with < without * 1.5 + 100, "with the files " + with + " ms, without " + without + " ms");
            project.shell("echo 1 >>.venv/d0/e0/m0.py");
            project.assertNoStart("orders", journal().starts("orders").size());
        } finally {
            project.shell("mv .venv \"$1\"", Built.SCRATCH.resolve("trees/excluded").toString());
        }
    }

    @Test
    void aHundredThousandWatchedFilesAreReadySoonAndAChangeIsSeenSoon() {
        JournalAgent agent = project.agent("orders").early(JournalAgent.IMPORTS_ANYTHING);
        project.with(agent).write(".meshwatch", "include: ['**/*.py']\nreload_delay: 100\n");
        project.shell("ln -s \"$1\" lib", tree("watched").toString());
        MeshDev meshDev = project.startReady("orders");
        long ready = new Proc(meshDev.pid()).cpuMillis(); // not by the clock: the machine may be busy with others
        Patience.until("native events", () -> project.log().contains("watch mode: native"), project::log);
        long saved = System.nanoTime();
        project.shell("echo '# saved' >>lib/d7/e280/m50.py");
        meshDev.awaitReloads("orders", 1);
        long seen = Duration.ofNanos(System.nanoTime() - saved).toMillis();
        assertTrue(ready < 6000, "processor time until ready: " + ready + " ms");
        assertTrue(seen < 3000, "reloaded after " + seen + " ms");
        assertTrue(new Proc(meshDev.pid()).status("VmRSS") < 250_000, "kB: " + new Proc(meshDev.pid()).status("VmRSS"));
    }
}
