package meshdev.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReloadPlannerTest {
    private static final Path ROOT = Path.of("/shop");
    private final Agent orders = TestProject.agent("orders", ROOT.resolve("agents/orders.py"), Optional.empty());
    private final Agent pricing = TestProject.agent("pricing", ROOT.resolve("agents/pricing.py"), Optional.empty());
    private final Agent web = TestProject.agent("web", ROOT.resolve("web/main.py"), Optional.of(ROOT.resolve("web")));
    private final Agent extra = TestProject.agent("extra", ROOT.resolve("web/extra.py"), Optional.empty());
    private final List<Agent> all = List.of(orders, pricing, web, extra);
    private final ReloadPlanner planner = new ReloadPlanner(ROOT,
            Map.of("pricing", file -> file.startsWith(ROOT.resolve("prices")) || file.equals(web.file())), ImportKnowledge.NONE);

    @Test
    void aFileReloadsWhoClaimsIt() {
        String everybody = "no agent claims it, all reload";
        String[][] table = {
            {"agents/orders.py", "orders", "agents/orders.py changed"},
            {"web/deep/er/x.py", "web", "web/deep/er/x.py changed"},
            {"web/extra.py", "extra", "web/extra.py changed"},
            {"web/main.py", "pricing web", "web/main.py changed (watched by pricing)"},
            {"prices/eu.csv", "pricing", "prices/eu.csv changed (watched by pricing)"},
            {"website/x.py", "orders pricing web extra", "website/x.py changed (" + everybody + ")"},
            {"config/app.yaml", "orders pricing web extra", "config/app.yaml changed (" + everybody + ")"},
            {"a\nb\u001b.yaml", "orders pricing web extra", "a\\nb\\x1b.yaml changed (" + everybody + ")"},
            {"/etc/x", "orders pricing web extra", "/etc/x changed (" + everybody + ")"}};
        for (String[] row : table) {
            List<Affected> affected = planner.affected(ROOT.resolve(row[0]), all);
            assertEquals(row[1], names(affected), row[0]);
            assertEquals(row[2], affected.get(0).reason());
        }
    }

    @Test
    void severalFilesAreOneReasonWithTheStrongestClaimFirst() {
        ReloadPlan plan = planner.plan(List.of(changed("config/app.yaml"), changed("prices/a"), changed("prices/b"),
                changed("agents/pricing.py")), all);
        assertEquals("orders pricing web extra", names(plan.affected()));
        assertEquals("agents/pricing.py and 3 more changed", plan.affected().get(1).reason());
        assertEquals(List.of(ROOT.resolve("agents/pricing.py"), ROOT.resolve("prices/a"), ROOT.resolve("prices/b"),
                ROOT.resolve("config/app.yaml")), plan.affected().get(1).files());
        assertEquals("config/app.yaml changed (no agent claims it, all reload)", plan.affected().get(0).reason());
    }

    @Test
    void aDeletedFileIsSaidToBeDeleted() {
        ReloadPlan plan = planner.plan(List.of(deleted("prices/a")), all);
        assertEquals("prices/a deleted (watched by pricing)", plan.affected().get(0).reason());
        ReloadPlan mixed = planner.plan(List.of(deleted("web/a.py"), changed("web/b.py")), all);
        assertEquals("web/a.py and 1 more changed", mixed.affected().get(0).reason());
    }

    @Test
    void anAgentWhoseOwnFileIsDeletedIsMissingAndNotReloaded() {
        ReloadPlan plan = planner.plan(List.of(deleted("agents/orders.py"), changed("config/app.yaml")), all);
        assertEquals(List.of(orders), plan.missing());
        assertEquals("pricing web extra", names(plan.affected()));
    }

    @Test
    void nothingChangesNothing() {
        assertEquals(new ReloadPlan(List.of(), List.of()), planner.plan(List.of(), all));
        assertEquals(new ReloadPlan(List.of(), List.of()), planner.plan(List.of(changed("x")), List.of()));
    }

    /** Orders imports lib/tax.py, pricing is still being read. */
    private static final ImportKnowledge SOME = new ImportKnowledge() {
        @Override
        public void changed(Collection<Path> files) {
            throw new AssertionError("the planner does not tell");
        }

        @Override
        public boolean covers(Path file) {
            return file.toString().endsWith(".py");
        }

        @Override
        public Optional<String> concern(Path file, Agent agent) {
            boolean imported = file.endsWith("lib/tax.py") && agent.name().equals("orders");
            return imported ? Optional.of("imported by orders") : isGuess(file, agent) ? Optional.of("not known yet") : Optional.empty();
        }

        @Override
        public boolean isGuess(Path file, Agent agent) {
            return covers(file) && agent.name().equals("pricing");
        }

        @Override
        public boolean runs(Path file, Agent agent) {
            return true;
        }
    };

    @Test
    void whatIsImportedReloadsItsImportersOnly() {
        Affected affected = new ReloadPlanner(ROOT, Map.of(), SOME).affected(ROOT.resolve("lib/tax.py"), List.of(orders, web)).get(0);
        assertEquals("orders", affected.agent().name());
        assertEquals("lib/tax.py changed (imported by orders)", affected.reason());
    }

    @Test
    void whatNobodyImportsReloadsNobodyButOtherFilesAll() {
        ReloadPlanner importing = new ReloadPlanner(ROOT, Map.of(), SOME);
        assertEquals("", names(importing.affected(ROOT.resolve("lib/old.py"), List.of(orders, web))));
        assertEquals("orders web", names(importing.affected(ROOT.resolve("config/app.yaml"), List.of(orders, web))));
    }

    @Test
    void aGuessIsMarkedUnlessSomethingElseHolds() {
        ReloadPlanner importing = new ReloadPlanner(ROOT, Map.of(), SOME);
        assertEquals("[true]", importing.affected(ROOT.resolve("lib/tax.py"), List.of(pricing)).stream().map(Affected::guess).toList().toString());
        Affected own = importing.plan(List.of(changed("lib/old.py"), changed("agents/pricing.py")), List.of(pricing)).affected().get(0);
        assertEquals("agents/pricing.py and 1 more changed", own.reason());
        assertEquals(false, own.guess());
    }

    /** What was a guess may be known by the time the next question is asked. */
    @Test
    void aReasonFromBeforeItWasKnownIsAGuess() {
        boolean[] asked = {false};
        ImportKnowledge learning = (ImportKnowledge) Proxy.newProxyInstance(ImportKnowledge.class.getClassLoader(),
                new Class<?>[] {ImportKnowledge.class}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "concern" -> {
                        asked[0] = true;
                        yield Optional.of("not known yet");
                    }
                    case "isGuess" -> !asked[0];
                    default -> true;
                });
        assertEquals(true, new ReloadPlanner(ROOT, Map.of(), learning).affected(ROOT.resolve("lib/tax.py"), List.of(orders)).get(0).guess());
    }

    private static ChangedFile changed(String file) {
        return new ChangedFile(ROOT.resolve(file), false);
    }

    private static ChangedFile deleted(String file) {
        return new ChangedFile(ROOT.resolve(file), true);
    }

    private static String names(List<Affected> affected) {
        List<String> names = new ArrayList<>();
        for (Affected one : affected) {
            names.add(one.agent().name());
        }
        return String.join(" ", names);
    }
}
