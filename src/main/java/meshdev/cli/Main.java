package meshdev.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import meshdev.config.ConfigException;
import meshdev.config.Suggestion;
import meshdev.report.Sanitizer;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program: parses the command line, runs the command, prints what the user did wrong. */
public final class Main {
    private Main() {
    }

    public static void main(String[] arguments) {
        UncaughtErrors.handle();
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) {
        try {
            Optional<PlainStart> plain = PlainStart.of(arguments);
            return plain.isPresent() ? start(plain.get())
                    : execute(CommandLineModel.create().parseArgs(withExplicitPoll(withHelpLast(arguments))));
        } catch (ParameterException e) {
            return complain(e);
        } catch (ConfigException e) {
            e.getMessage().lines().forEach(line -> System.err.println("mesh-dev: " + Sanitizer.plain(line)));
            return ExitCode.WRONG_USAGE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.FAILED;
        }
    }

    /** An option whose value may be left out would swallow the path behind it: {@code --poll agents/}. */
    private static String[] withExplicitPoll(String[] arguments) {
        String[] explicit = arguments.clone();
        for (int i = 0; i < explicit.length; i++) {
            if (explicit[i].equals("--poll")) {
                explicit[i] = "--poll=";
            }
        }
        return explicit;
    }

    /** {@code help start} is what many type for {@code start --help}. */
    private static String[] withHelpLast(String[] arguments) {
        if (arguments.length == 0 || !arguments[0].equals("help")) {
            return arguments;
        }
        List<String> words = new ArrayList<>(List.of(arguments));
        words.remove(0);
        words.add("--help");
        return words.toArray(String[]::new);
    }

    private static int execute(ParseResult root) throws InterruptedException {
        ParseResult last = root;
        while (last.hasSubcommand() && !last.isUsageHelpRequested()) {
            last = last.subcommand();
        }
        if (last.isVersionHelpRequested()) {
            System.out.println("mesh-dev " + version());
            return ExitCode.DONE;
        }
        CommandLine command = last.commandSpec().commandLine();
        if (last.isUsageHelpRequested()) {
            command.usage(System.out);
            return ExitCode.DONE;
        }
        return switch (last.commandSpec().name()) {
            case CommandLineModel.START -> start(new ParsedOptions(last));
            case CommandLineModel.WATCHES -> new DebugWatchesCommand(new OptionsReader(new ParsedOptions(last)).read(),
                    Caller.ofThisProcess()).run();
            case CommandLineModel.STATS -> new StatsCommand(last.matchedPositionalValue(0, List.<String>of()),
                    last.hasMatchedOption("--json"), Caller.ofThisProcess()).run();
            default -> {
                command.usage(System.err);
                yield ExitCode.WRONG_USAGE;
            }
        };
    }

    private static int start(GivenOptions given) throws InterruptedException {
        return new StartCommand(new OptionsReader(given).read(), Caller.ofThisProcess()).run();
    }

    private static int complain(ParameterException e) {
        String help = e.getCommandLine().getCommandSpec().qualifiedName() + " --help";
        System.err.println("mesh-dev: " + Sanitizer.escapeName(e.getMessage()));
        if (e instanceof UnmatchedArgumentException unmatched) {
            didYouMean(unmatched).ifPresent(word -> System.err.println("mesh-dev: did you mean " + word + "?"));
        }
        System.err.println("mesh-dev: see " + help);
        return ExitCode.WRONG_USAGE;
    }

    /** picocli knows what an option was meant to be; of commands it offers all, however far. */
    private static Optional<String> didYouMean(UnmatchedArgumentException e) {
        String word = e.getUnmatched().get(0);
        if (word.startsWith("-")) {
            return e.getSuggestions().stream().findFirst();
        }
        return Suggestion.nearest(word, e.getCommandLine().getSubcommands().keySet());
    }

    /** The version of this build: from the jar's manifest, so that a start need not open the jar for the resource. */
    static String version() {
        String packaged = Main.class.getPackage().getImplementationVersion();
        return packaged == null ? versionOfClasses() : packaged;
    }

    private static String versionOfClasses() {
        try (InputStream in = Main.class.getResourceAsStream("/meshdev/version.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
