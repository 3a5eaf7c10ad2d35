package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Errors of mesh-dev itself, brought about by a Java agent that is put into it. */
final class FatalErrorsIT extends BlackBox {
    /** Runs a thread in mesh-dev that does the harm once a file exists. */
    private static final String HARM = """
            import java.io.File;
            import java.util.ArrayList;
            import java.util.List;

            public final class Harm {
                static final List<byte[]> HEAP = new ArrayList<>(1_000_000);

                public static void premain(String file) {
                    Thread thread = new Thread(() -> {
                        while (!new File(file).exists()) {
                            Thread.yield();
                        }
                        %s
                    }, "harm");
                    thread.setDaemon(true);
                    thread.start();
                }

                /** Leaves so little that whatever else mesh-dev does finds nothing. */
                static void fillHeap() {
                    for (int size = 1 << 20; size >= 16; ) {
                        try {
                            HEAP.add(new byte[size]);
                        } catch (OutOfMemoryError full) {
                            size /= 2;
                        }
                    }
                }
            }
            """;

    private Path trigger() {
        return project.outside("now");
    }

    /** A run of {@code orders} that comes to harm when the {@link #trigger} exists. */
    private MeshDev startWith(String harm) throws IOException {
        project.with(project.agent("orders"));
        MeshDev meshDev = project.launch("start", "agents/")
                .env("MESH_DEV_JAVA_OPTS", "-javaagent:" + harmJar(harm) + "=" + trigger()).ready("orders");
        TestProject.write(trigger(), "");
        return meshDev;
    }

    private Path harmJar(String harm) throws IOException {
        Path source = project.outside("harm/Harm.java");
        TestProject.write(source, HARM.formatted(harm));
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, "-Xlint:-options", source.toString()));
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", "Harm");
        Path jar = project.outside("harm.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new JarEntry("Harm.class"));
            Files.copy(source.resolveSibling("Harm.class"), out);
        }
        return jar;
    }

    @Test
    void withoutMemoryMeshDevEndsAtOnceWithCodeOneAndSaysSo() throws IOException {
        MeshDev meshDev = startWith("fillHeap(); while (true) { Thread.yield(); }");
        Patience.until("it ends when it next does anything", () -> {
            project.with(project.agent("orders").version((int) (System.nanoTime() >> 20)));
            return !meshDev.isAlive();
        }, meshDev::output);
        assertEquals(1, meshDev.awaitExit());
        assertEquals("mesh-dev: out of memory; its agents are ended (MESH_DEV_JAVA_OPTS=-Xmx256m gives it more)",
                meshDev.text(true).lines().findFirst().orElse(""));
        Patience.until("nothing runs", () -> Proc.withEnvironment("MCP_MESH_HOME=" + project.home() + "\0").isEmpty(),
                meshDev::output);
    }

    @Test
    void anErrorThatNobodyHandlesIsOneLineAndSupervisionGoesOn() throws IOException {
        MeshDev meshDev = startWith("throw new IllegalStateException(\"harmed\");");
        meshDev.await("mesh-dev: internal error in harm: java.lang.IllegalStateException: harmed");
        Patience.until("the details are in the log", () -> project.log().contains("at Harm."), project::log);
        assertEquals(1, meshDev.text(true).lines().count(), meshDev::output);
        project.with(project.agent("orders").version(2));
        meshDev.awaitReloads("orders", 1);
        assertTrue(meshDev.isAlive());
        assertEquals(List.of(), journal().facts("OVERLAP", "orders"));
    }
}
