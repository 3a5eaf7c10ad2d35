package meshdev.registry;

import meshdev.process.OutputSink;
import meshdev.process.Processes;

/**
 * What a registry is started with where there is none.
 *
 * @param embedded where there is no program either
 * @param output   takes what the program prints, without passwords, under the name {@code mcp_mesh_registry}
 */
public record Means(Processes processes, RegistryProgram program, DevRegistry embedded, OutputSink output) {
}
