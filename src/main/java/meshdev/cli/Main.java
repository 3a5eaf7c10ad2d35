package meshdev.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** A stand-in that shows what the launcher handed over, until the real commands replace it. */
@Command(name = "mesh-dev", mixinStandardHelpOptions = true, versionProvider = Main.Version.class)
public final class Main implements Runnable {
    @CommandLine.Parameters
    String[] words = {};

    @CommandLine.Option(names = "--training-run", hidden = true)
    boolean training;

    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }

    @Override
    public void run() {
        if (training) {
            return;
        }
        for (String word : words) {
            System.out.println("arg=" + word);
        }
        System.out.println("LC_ALL=" + System.getenv("LC_ALL") + " MESH_DEV_LC_ALL=" + System.getenv("MESH_DEV_LC_ALL"));
        System.out.println("archive wanted=" + System.getProperty("meshdev.archive"));
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() throws IOException {
            var properties = new Properties();
            try (InputStream in = Main.class.getResourceAsStream("/meshdev/version.properties")) {
                properties.load(in);
            }
            return new String[] {"mesh-dev " + properties.getProperty("version")};
        }
    }
}
