package meshdev.realmesh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import meshdev.blackbox.MeshDev;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What others in the mesh see of a reload. Measures times, so nothing runs beside it. */
@Isolated
@Execution(ExecutionMode.SAME_THREAD)
final class ReloadIT extends RealMesh {
    private static final int RELOADS = 10;
    private static final Duration OUTAGE = Duration.ofSeconds(2);
    /** Mostly that of the first process, which was started cold: while it ends, Python looks through all that it imported. */
    private static final Duration LONGEST_OUTAGE = Duration.ofSeconds(3);
    private static final Duration OUTAGE_AFTER_KILL = Duration.ofSeconds(8);
    private static final Pattern ANSWER = Pattern.compile("stock (\\d+), price (\\d+)");
    /** Blocked before the SDK's threads exist, it reaches none of them, whatever handler the SDK installs. */
    private static final String DEAF = "import signal\n\nsignal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})\n\n";

    /** @param nanos {@link System#nanoTime()} when this version was written, or its reload was completed */
    private record Step(int version, long nanos) {
    }

    @ParameterizedTest
    @EnumSource
    void tenReloadsKeepRowIdAndEndpointGiveNoWrongAnswerAndFailCallsForAtMostTwoSecondsAllTimesButOne(RegistryKind kind) {
        MeshDev meshDev = startShop(kind, "--strategy", "refresh");
        List<String> before = rows();
        assertEquals(2, before.size(), before::toString);
        List<Step> written = new ArrayList<>();
        List<Step> completed = new ArrayList<>();
        try (Calls calls = new Calls(meshctl, "get_offer")) {
            for (int version = 2; version <= RELOADS + 1; version++) {
                written.add(new Step(version, System.nanoTime()));
                writeProvider(version);
                completed.add(new Step(version, awaitReload(meshDev, "provider", version - 1).nanos()));
                calls.awaitAnswer("of version " + version, STARTED, answer(version)::equals);
                assertEquals(before, rows(), meshDev::output);
            }
            assertEquals(List.of(), wrong(calls, written, completed));
            List<Duration> outages = calls.outages();
            System.out.println("outages in ten reloads, " + kind + ": " + outages.stream().map(Duration::toMillis).toList() + " ms");
            String said = "calls failed\n" + calls.text() + meshDev.output();
            outages.stream().limit(1).forEach(longest -> assertAtMost(LONGEST_OUTAGE, longest, said));
            outages.stream().skip(1).forEach(other -> assertAtMost(OUTAGE, other, said));
        }
        assertEquals(before, healthy(), meshDev::output);
    }

    /** Answers with a version that is not the running one, or of another tool. */
    private static List<String> wrong(Calls calls, List<Step> written, List<Step> completed) {
        List<String> wrong = new ArrayList<>();
        for (Calls.Call call : calls.made()) {
            int oldest = newest(completed, call.from());
            int newest = newest(written, call.to());
            call.reply().answer().filter(answer -> !isRight(answer, oldest, newest))
                    .ifPresent(answer -> wrong.add(answer + " instead of " + oldest + " to " + newest));
        }
        return wrong;
    }

    private static int newest(List<Step> steps, long nanos) {
        return steps.stream().filter(step -> step.nanos() <= nanos).mapToInt(Step::version).max().orElse(1);
    }

    /** A call may meet two versions, one with each of its two tools. */
    private static boolean isRight(String answer, int oldest, int newest) {
        Matcher versions = ANSWER.matcher(answer);
        return versions.matches() && isWithin(versions.group(1), oldest, newest) && isWithin(versions.group(2), oldest, newest);
    }

    private static boolean isWithin(String version, int oldest, int newest) {
        return Integer.parseInt(version) >= oldest && Integer.parseInt(version) <= newest;
    }

    @ParameterizedTest
    @EnumSource
    void aProviderThatMustBeKilledLeavesNoGhostAndItsConsumerRecoversWithin8Seconds(RegistryKind kind) {
        kind.putInto(project);
        writeShop();
        project.write("agents/provider.py", DEAF + provider(1));
        MeshDev meshDev = ready(launch("agents/"), "provider", "consumer");
        awaitAnswer(meshDev, "get_offer", answer(1));
        List<String> before = rows();
        try (Calls calls = new Calls(meshctl, "get_offer")) {
            project.write("agents/provider.py", DEAF + provider(2));
            meshDev.await("provider is still stopping: waiting for");
            awaitReload(meshDev, "provider", 1);
            calls.awaitAnswer("of version 2", STARTED, answer(2)::equals);
            String said = "calls failed\n" + calls.text() + meshDev.output();
            calls.outages().forEach(outage -> assertAtMost(OUTAGE_AFTER_KILL, outage, said));
        }
        assertEquals(before, rows(), meshDev::output);
        assertEquals(before, healthy(), meshDev::output);
    }
}
