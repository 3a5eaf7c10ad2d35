package meshdev.blackbox;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A test of the built program. Each has a project of its own, shares nothing but the class-data archive, and fails when a
 * process is left behind.
 */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(120)
public abstract class BlackBox {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    protected TestProject project;

    @BeforeEach
    public final void makeProject(TestInfo info) {
        String test = info.getTestMethod().orElseThrow().getName();
        String name = test.substring(0, Math.min(40, test.length())) + "-" + NUMBER.incrementAndGet();
        project = new TestProject(Built.SCRATCH.resolve(getClass().getSimpleName()).resolve(name));
    }

    @AfterEach
    public final void endEverything() {
        project.close();
    }

    final Journal journal() {
        return project.journal();
    }
}
