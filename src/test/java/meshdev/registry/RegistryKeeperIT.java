package meshdev.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import meshdev.process.Guardian;
import meshdev.process.Mark;
import meshdev.process.Processes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With real processes and ports on loopback: what is promised of finding, starting, keeping and taking over a registry. */
@Timeout(60)
class RegistryKeeperIT {
    private static final long LIMIT_SECONDS = 15;
    private static final InstantSource CLOCK = () -> Instant.EPOCH.plusNanos(System.nanoTime());
    /** Notes each of its starts in its database. */
    private static final String PROGRAM = """
            #!/usr/bin/python3
            import http.server, os, signal, sys
            signal.signal(signal.SIGTERM, lambda *a: os._exit(0))
            %s
            with open(os.environ['DATABASE_URL'], 'a') as database:
                database.write('%%d\\n' %% os.getpid())
            class Handler(http.server.BaseHTTPRequestHandler):
                def do_GET(self):
                    body = b'{"service":"mcp-mesh-registry","status":"healthy"}'
                    self.send_response(200)
                    self.send_header('Content-Length', str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)
            http.server.ThreadingHTTPServer((os.environ['HOST'], int(os.environ['PORT'])), Handler).serve_forever()
            """;

    private final List<Party> parties = new ArrayList<>();
    private int port;

    @TempDir
    private Path folder;

    @BeforeEach
    void pickAPort() throws IOException {
        port = FakeRegistry.freePort();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        for (Party party : parties) {
            party.keeper.close();
            assertEquals(Standing.Kind.NONE, party.keeper.standing().kind());
        }
        String port = "PORT=" + this.port;
        assertFalse(ProcessHandle.allProcesses().anyMatch(process -> carries(process, port)), "a process is left");
    }

    private static boolean carries(ProcessHandle process, String variable) {
        try {
            Path file = Path.of("/proc", Long.toString(process.pid()), "environ");
            String environment = Files.readString(file, StandardCharsets.ISO_8859_1);
            return ("\0" + environment).contains("\0" + variable + "\0") && environment.contains("MESH_DEV_AGENT=");
        } catch (IOException e) {
            return false; // ended meanwhile, or somebody else's
        }
    }

    @Test
    void nothingThereMeansThatTheProgramIsStartedAndStoppedWithUs() throws Exception {
        Party one = party("one", "");
        long pid = one.next(RegistryEvent.Started.class).pid();
        assertEquals(Standing.Kind.PROGRAM, one.keeper.standing().kind());
        assertTrue(new RegistryClient(address()).isHealthy());
        assertEquals(List.of(Long.toString(pid)), Files.readAllLines(one.database), "its folder was made");
        Instant begin = CLOCK.instant();
        one.keeper.close();
        assertTrue(Duration.between(begin, CLOCK.instant()).toMillis() < 2500, "it had to be killed");
        assertFalse(alive(pid));
    }

    @Test
    void aKilledProgramIsBackWithinTwoSecondsOnTheSameDatabase() throws Exception {
        Party one = party("one", "");
        long first = one.next(RegistryEvent.Started.class).pid();
        Instant killed = CLOCK.instant();
        kill(first);
        RegistryEvent.Ended ended = one.next(RegistryEvent.Ended.class);
        assertEquals("killed by SIGKILL", ended.failure().why());
        long second = one.next(RegistryEvent.Started.class).pid();
        assertTrue(Duration.between(killed, CLOCK.instant()).toMillis() < 2000);
        assertEquals(List.of(Long.toString(first), Long.toString(second)), Files.readAllLines(one.database));
    }

    @Test
    void whatIsThereIsUsedAndNeverStopped() throws Exception {
        try (FakeRegistry external = new FakeRegistry(address().listenAddress())) {
            Party one = party("one", "");
            one.next(RegistryEvent.Used.class);
            assertEquals(Standing.Kind.EXTERNAL, one.keeper.standing().kind());
            one.keeper.close();
            assertTrue(new RegistryClient(address()).isHealthy());
            assertFalse(external.calls.isEmpty());
        }
    }

    @Test
    void aSecondMeshDevTakesOverOnTheDatabaseOfTheFirst() throws Exception {
        Party one = party("one", "");
        long first = one.next(RegistryEvent.Started.class).pid();
        Party two = party("two", "");
        two.next(RegistryEvent.Used.class);
        never(1500); // it has to have looked once more
        one.keeper.close();
        two.next(RegistryEvent.TakingOver.class);
        long second = two.next(RegistryEvent.Started.class).pid();
        assertEquals(List.of(Long.toString(first), Long.toString(second)), Files.readAllLines(one.database));
        assertFalse(Files.exists(two.database));
    }

    @Test
    void aRegistryOfUnknownOriginIsTakenOverOnOurOwnDatabase() throws Exception {
        Party past = party("past", "");
        past.next(RegistryEvent.Started.class);
        past.keeper.close();
        FakeRegistry external = new FakeRegistry(address().listenAddress());
        Party one = party("one", "");
        one.next(RegistryEvent.Used.class);
        never(1500);
        external.close();
        one.next(RegistryEvent.TakingOver.class);
        one.next(RegistryEvent.Started.class);
        assertEquals(1, Files.readAllLines(one.database).size());
    }

    @Test
    void ofSeveralThatStartAtOnceOneHasTheRegistryAndAllUseIt() throws Exception {
        List<Party> all = new ArrayList<>();
        for (String name : List.of("one", "two", "three")) {
            all.add(party(name, ""));
        }
        int started = 0;
        for (Party party : all) {
            started += party.next(RegistryEvent.class) instanceof RegistryEvent.Started ? 1 : 0;
            assertTrue(party.keeper.standing().kind().isRegistry());
        }
        assertEquals(1, started);
    }

    @Test
    void whoHoldsThePortIsNamedAndItIsStartedWhenThePortIsFree() throws Exception {
        Party one;
        try (ServerSocket foreign = new ServerSocket(port, 5, InetAddress.getByName("127.0.0.1"))) {
            assertEquals(port, foreign.getLocalPort());
            one = party("one", "");
            RegistryEvent.Foreign event = one.next(RegistryEvent.Foreign.class);
            assertEquals(ProcessHandle.current().pid(), event.holder().orElseThrow().pid());
            assertEquals(port, event.port());
            assertEquals(Standing.Kind.FOREIGN, one.keeper.standing().kind());
        }
        one.next(RegistryEvent.Started.class);
    }

    @Test
    void withoutAProgramTheEmbeddedOneAnswers() throws Exception {
        Party one = party("one", null);
        one.next(RegistryEvent.Embedded.class);
        assertEquals(Standing.Kind.EMBEDDED, one.keeper.standing().kind());
        Party two = party("two", null);
        two.next(RegistryEvent.Used.class);
        one.keeper.close();
        two.next(RegistryEvent.TakingOver.class);
        two.next(RegistryEvent.Embedded.class);
        assertTrue(new RegistryClient(address()).isHealthy());
    }

    @Test
    void aProgramThatAlwaysFailsIsReplacedByTheEmbeddedOneAndItsLastLinesAreKept() throws Exception {
        Party one = party("one", "print('no such table', flush=True); sys.exit(3)");
        for (int i = 0; i < Relaunches.MOST - 1; i++) {
            RegistryEvent.StartFailed failed = one.next(RegistryEvent.StartFailed.class);
            assertEquals("exit code 3", failed.failure().why());
            assertEquals(List.of("no such table"), failed.failure().lastLines());
        }
        one.next(RegistryEvent.FellBack.class);
        one.next(RegistryEvent.Embedded.class);
        assertTrue(one.lines.contains("mcp_mesh_registry: no such table"));
    }

    @Test
    void aProgramThatCannotBeRunIsAFailureToo() throws Exception {
        Party one = party("one", "");
        one.next(RegistryEvent.Started.class);
        Files.writeString(one.program(), "#!/no/such/interpreter\n");
        kill(one.pid());
        one.next(RegistryEvent.Ended.class);
        assertTrue(one.next(RegistryEvent.StartFailed.class).failure().why().contains("/no/such/interpreter"));
    }

    @Test
    void aProgramThatIgnoresTheRequestIsKilledInTime() throws Exception {
        Party one = party("one", "signal.signal(signal.SIGTERM, signal.SIG_IGN)");
        long pid = one.next(RegistryEvent.Started.class).pid();
        Instant begin = CLOCK.instant();
        one.keeper.close();
        assertTrue(Duration.between(begin, CLOCK.instant()).compareTo(Duration.ofSeconds(6)) < 0);
        assertFalse(alive(pid));
    }

    @Test
    void aUrlThatIsNotOursToStartIsOnlyWarnedOf() throws Exception {
        Party one = party("one", "", FakeRegistry.address("https://localhost:" + port));
        assertEquals("nobody listens", one.next(RegistryEvent.Unreachable.class).why());
        assertEquals(Standing.Kind.UNREACHABLE, one.keeper.standing().kind());
    }

    @Test
    void aKeeperThatNeverBeganClosesAtOnce() throws Exception {
        Party one = new Party("one", Database.ofFile(folder.resolve("one.db")), address());
        one.keeper.close();
        assertEquals(Standing.Kind.NONE, one.keeper.standing().kind());
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "127.0.0.2", "[::1]"})
    @EnabledIfSystemProperty(named = "meshdev.registry.program", matches = ".+")
    void theRealProgramIsKeptAndRemembersItsAgents(String host) throws Exception {
        RegistryAddress address = FakeRegistry.address("http://" + host + ":" + port);
        Party one = realParty("one", folder.resolve("data.db"), address);
        long pid = one.next(RegistryEvent.Started.class).pid();
        RegistryClient client = new RegistryClient(address);
        assertEquals(List.of(), client.rows());
        heartbeat(address);
        Registrant agent = new Registrant("orders-0a1b2c3d", "orders", 19_000);
        List<RegistryRow> before = client.rows();
        assertEquals(before, new Registered(agent, List.of()).in(before).stream().toList());
        assertEquals(Optional.empty(), new Registered(agent, before).in(client.rows()));
        Instant killed = CLOCK.instant();
        kill(pid);
        one.next(RegistryEvent.Ended.class);
        one.next(RegistryEvent.Started.class);
        assertTrue(Duration.between(killed, CLOCK.instant()).toMillis() < 2000);
        assertEquals("orders-0a1b2c3d", client.rows().get(0).id());
        client.remove("orders-0a1b2c3d");
        assertFalse(client.rows().get(0).isHealthy());
    }

    @Test
    @EnabledIfSystemProperty(named = "meshdev.registry.program", matches = ".+")
    void ofSeveralRealProgramsOnOneFreshDatabaseOneWinsAndNobodyComplains() throws Exception {
        List<Party> all = new ArrayList<>();
        for (String name : List.of("one", "two", "three")) {
            all.add(realParty(name, folder.resolve("shared.db"), address()));
        }
        int started = 0;
        for (Party party : all) {
            RegistryEvent first = party.next(RegistryEvent.class);
            started += first instanceof RegistryEvent.Started ? 1 : 0;
            assertTrue(first instanceof RegistryEvent.Started || first instanceof RegistryEvent.Used, first.toString());
        }
        assertEquals(1, started);
    }

    @Test
    @EnabledIfSystemProperty(named = "meshdev.registry.program", matches = ".+")
    void agentsAreStillKnownToTheRealProgramThatTakesOver() throws Exception {
        Party one = realParty("one", folder.resolve("one.db"), address());
        one.next(RegistryEvent.Started.class);
        Party two = realParty("two", folder.resolve("two.db"), address());
        two.next(RegistryEvent.Used.class);
        heartbeat(address());
        never(1500);
        one.keeper.close();
        two.next(RegistryEvent.TakingOver.class);
        two.next(RegistryEvent.Started.class);
        assertEquals("orders-0a1b2c3d", new RegistryClient(address()).rows().get(0).id());
    }

    @Test
    @EnabledIfSystemProperty(named = "meshdev.registry.program", matches = ".+")
    void aDatabaseThatIsDownLeavesTheEmbeddedRegistryAndShowsNoPassword() throws Exception {
        Database down = new Database("postgres://bob:s3cret@127.0.0.1:1/mesh", Optional.empty());
        Party one = realParty("one", down, address());
        RegistryEvent.StartFailed failed = one.next(RegistryEvent.StartFailed.class);
        assertTrue(failed.failure().lastLines().toString().contains("connection refused"), failed.toString());
        while (!(one.next(RegistryEvent.class) instanceof RegistryEvent.FellBack)) {
            assertTrue(one.lines.stream().noneMatch(line -> line.contains("s3cret")));
        }
        one.next(RegistryEvent.Embedded.class);
        assertFalse(failed.toString().contains("s3cret"));
    }

    private Party realParty(String name, Path database, RegistryAddress address) throws IOException {
        return realParty(name, Database.ofFile(database), address);
    }

    private Party realParty(String name, Database database, RegistryAddress address) throws IOException {
        Party party = new Party(name, database, address);
        Files.createDirectories(party.program().getParent());
        Files.writeString(party.program(), "#!/bin/sh\nexec " + System.getProperty("meshdev.registry.program") + "\n");
        assertTrue(party.program().toFile().setExecutable(true));
        parties.add(party);
        party.keeper.begin();
        return party;
    }

    private static void heartbeat(RegistryAddress address) throws Exception {
        String body = "{\"agent_id\":\"orders-0a1b2c3d\",\"http_host\":\"127.0.0.1\",\"http_port\":19000,"
                + "\"tools\":[{\"function_name\":\"f\",\"capability\":\"c\"}]}";
        HttpRequest request = HttpRequest.newBuilder(URI.create(address.bases().get(0) + "/heartbeat"))
                .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body)).build();
        HttpClient client = HttpClient.newHttpClient();
        assertEquals(200, client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
    }

    private RegistryAddress address() {
        return FakeRegistry.address("http://localhost:" + port);
    }

    /** A mesh-dev as far as its registry goes; {@code null}: it has no program. */
    private Party party(String name, String firstWords) throws IOException {
        return party(name, firstWords, address());
    }

    private Party party(String name, String firstWords, RegistryAddress address) throws IOException {
        Path database = folder.resolve(name).resolve("data").resolve("registry.db");
        Party party = new Party(name, Database.ofFile(database), address);
        if (firstWords != null) {
            Files.createDirectories(party.program().getParent());
            Files.writeString(party.program(), PROGRAM.formatted(firstWords));
            assertTrue(party.program().toFile().setExecutable(true));
        }
        parties.add(party);
        party.keeper.begin();
        return party;
    }

    private static boolean alive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    private static void kill(long pid) {
        assertTrue(ProcessHandle.of(pid).orElseThrow().destroyForcibly());
    }

    /** For what must not happen, or only after a while. */
    private static void never(long millis) throws InterruptedException {
        assertFalse(new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS));
    }

    private final class Party {
        private final Path root;
        private final Path database;
        private final RegistryKeeper keeper;
        private final BlockingQueue<RegistryEvent> events = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

        private Party(String name, Database data, RegistryAddress address) throws IOException {
            root = Files.createDirectories(folder.resolve(name));
            database = data.file().orElse(folder);
            Mark mark = new Mark("test-" + ProcessHandle.current().pid() + "-" + name);
            Guardian guardian = new Guardian(Path.of("/no/guardian"), mark, Path.of("/no/log"), "test", lines::add);
            Processes processes = new Processes(CLOCK, mark, guardian, (agent, line) -> lines.add("wrong sink: " + line));
            RegistryProgram program = new RegistryProgram(root, folder.resolve("home"), Map.of("PATH", "/usr/bin:/bin"), data);
            Means means = new Means(processes, program, FakeRegistry::new, (agent, line) -> lines.add(agent + ": " + line));
            keeper = new RegistryKeeper(address, means, events::add, CLOCK);
        }

        private Path program() {
            return root.resolve("bin").resolve(RegistryProgram.FILE);
        }

        private long pid() throws IOException {
            List<String> starts = Files.readAllLines(database);
            return Long.parseLong(starts.get(starts.size() - 1));
        }

        private <E extends RegistryEvent> E next(Class<E> kind) throws InterruptedException {
            Optional<RegistryEvent> event = Optional.ofNullable(events.poll(LIMIT_SECONDS, TimeUnit.SECONDS));
            return assertInstanceOf(kind, event.orElse(null), () -> lines.toString());
        }
    }
}
