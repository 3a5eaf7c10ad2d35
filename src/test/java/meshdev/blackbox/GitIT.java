package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What git does to a working tree in a moment is one reload of each agent it touches, and nothing is lost. */
final class GitIT extends BlackBox {
    private MeshDev meshDev;
    private JournalAgent orders;

    @BeforeEach
    void makeARepositoryAndStart() {
        orders = project.agent("orders");
        project.with(orders, project.agent("pricing"));
        project.write(".meshwatch", TestProject.RULES.replace("reload_delay: 100", "reload_delay: 500")
                + "agents: {pricing: {watch: ['lib/*.py']}}\n");
        project.shell("""
                git init -q -b main; git config user.name t; git config user.email t@example.org; git config gc.auto 0
                mkdir lib other; python3 -c "for i in range(300): open('lib/f%d.py' % i, 'w').write('one = %d' % i)"
                git add -A; git commit -qm one
                git checkout -q -b b2
                python3 -c "for i in range(300): open('lib/f%d.py' % i, 'w').write('number_two = %d' % i)"
                mkdir lib/sub; echo x=1 >lib/sub/new.py
                sed -i 's/^# version 1$/# version 2/' agents/orders.py; git add -A; git commit -qm two
                git checkout -q main""");
        meshDev = project.startReady("orders", "pricing");
    }

    private void assertOneReloadOf(String agent, int starts) {
        journal().awaitReady(agent, starts);
        project.assertNoStart(agent, starts);
        journal().assertNeverTwoAtOnce(agent);
    }

    @Test
    void aCheckoutOf300FilesIsOneReloadOfEachAgentItTouches() {
        project.shell("git checkout -q b2");
        assertOneReloadOf("pricing", 2);
        assertOneReloadOf("orders", 2);
        assertEquals(TestProject.sha(orders.file()), journal().lastStart("orders").sha());
    }

    @Test
    void branchesBackAndForthAreOneReloadOfTheLast() {
        project.shell("git checkout -q b2; git checkout -q main; git checkout -q b2");
        assertOneReloadOf("pricing", 2);
        assertOneReloadOf("orders", 2);
        assertEquals(TestProject.sha(orders.file()), journal().lastStart("orders").sha());
    }

    @Test
    void aStashIsOneReloadAndSoIsItsReturn() {
        project.shell("echo '# mine' >>agents/orders.py");
        assertOneReloadOf("orders", 2);
        project.shell("git stash -q");
        assertOneReloadOf("orders", 3);
        project.shell("git stash pop -q");
        assertOneReloadOf("orders", 4);
        assertEquals(TestProject.sha(orders.file()), journal().lastStart("orders").sha());
        project.assertNoStart("pricing", 1);
    }

    @Test
    void aRebaseEndsWithItsLastStateRunning() {
        project.shell("""
                git checkout -q -b work
                for i in 1 2 3 4 5 6; do echo "# $i" >>agents/orders.py; echo "x = $i" >lib/mine$i.py; git add -A; git commit -qm $i; done
                git checkout -q main; echo "y = 1" >lib/f1.py; git commit -qam three; git checkout -q work""");
        journal().awaitReady("orders", 2);
        journal().awaitReady("pricing", 2);
        int before = journal().starts("orders").size();
        project.shell("git rebase -q main");
        Patience.until("the rebased state runs", () -> journal().starts("orders").size() > before
                && journal().lastStart("orders").sha().equals(TestProject.sha(orders.file())), meshDev::output);
        project.assertNoStart("orders", journal().starts("orders").size());
        assertTrue(journal().starts("orders").size() <= before + 8, journal()::text);
        journal().assertNeverTwoAtOnce("orders");
    }
}
