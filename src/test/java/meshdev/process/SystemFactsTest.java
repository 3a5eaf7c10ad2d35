package meshdev.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the operating system prints, read right. */
class SystemFactsTest {
    @Test
    void ignoredSignalsAreBitsOfAMask() {
        assertTrue(SignalDispositions.ignores("0000000000000006", Posix.SIGINT));
        assertTrue(SignalDispositions.ignores("0000000000000006", Posix.SIGQUIT));
        assertFalse(SignalDispositions.ignores("0000000000000006", Posix.SIGHUP));
        assertTrue(SignalDispositions.ignores("0000000000000001", Posix.SIGHUP));
    }

    @Test
    void theMaskOfIgnoredSignalsIsALineOfTheStatus() {
        assertEquals("0000000000000002", SignalDispositions.maskIn("Name:\tjava\nSigBlk:\t00\nSigIgn:\t0000000000000002\nSigCgt:\t00\n"));
        assertEquals("", SignalDispositions.maskIn("Name:\tSigIgn: a program of a system that tells less\n"));
    }

    @Test
    void fewAreLessThanTwoThousand() {
        String head = "Limit Soft Limit Hard Limit Units\nMax file size unlimited unlimited bytes\n";
        String name = "Max processes";
        assertTrue(Headroom.isTight(head + "Max processes             47                   100      processes \n", name));
        assertFalse(Headroom.isTight(head + "Max processes             31337                31337    processes \n", name));
        assertFalse(Headroom.isTight(head + "Max processes             unlimited            unlimited processes \n", name));
        assertFalse(Headroom.isTight(head, name));
    }

    @Test
    void theRangeOfFreePortsIsTwoNumbers() {
        EphemeralPorts range = EphemeralPorts.parse("32768\t60999");
        assertTrue(range.contains(32768) && range.contains(60999));
        assertFalse(range.contains(9001) || range.contains(61000));
    }

    @Test
    void theRangeOfThisSystemIsReadInFull() {
        assertTrue(EphemeralPorts.ofThisSystem().lowest() >= 1024);
    }

    @Test
    void psNamesTheLivingMembersOfAGroup() {
        assertEquals(List.of(10L, 12L), PortableProcessTable.membersIn(
                List.of("   10    10 S+", "   11    10 Z", "   12    10 R", "   13    13 S"), 10));
    }

    @Test
    void lsofNamesPortsByProcess() {
        assertEquals(Map.of("77:9001", 9001, "77:9002", 9002, "88:80", 80), PortableProcessTable.portsIn(
                List.of("p77", "f3", "n127.0.0.1:9001", "f4", "n*:9002", "p88", "f5", "n[::1]:80")));
    }

    @Test
    void exitCodesAboveASignalAreNamed() {
        assertEquals("exit code 3", new ExitStatus(3).toString());
        assertEquals("killed by SIGTERM", new ExitStatus(143).toString());
        assertEquals("exit code 255", new ExitStatus(255).toString());
    }
}
