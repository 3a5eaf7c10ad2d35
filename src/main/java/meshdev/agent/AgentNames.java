package meshdev.agent;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Optional;
import meshdev.config.ConfigException;

/** Names agents by their mesh decorator, else by their file or folder. */
final class AgentNames {
    /** Names become names of log files and locks, which have room for 255 bytes with their endings. */
    private static final int LONGEST = 63;
    private static final String RESERVED = "mesh-dev";
    private static final String REMEDY =
            "; give the agent a name under agents: in .meshwatch (my-name: {path: …}) or with name= in its mesh decorator";

    private final Surroundings place;

    AgentNames(Surroundings place) {
        this.place = place;
    }

    /**
     * The name of an agent that {@code .meshwatch} does not name.
     *
     * @throws ConfigException when nothing of {@code [a-z0-9]} is left of it, or it is the reserved {@code mesh-dev}
     */
    String of(Candidate candidate) {
        Optional<String> declared = candidate.source().meshName();
        String name = slug(declared.isPresent() ? declared.get() : plain(candidate));
        if (name.isEmpty()) {
            throw new ConfigException(place.shown(candidate.subject())
                    + ": no letter a-z or digit is left for an agent's name" + REMEDY);
        }
        if (name.equals(RESERVED)) {
            throw new ConfigException(place.shown(candidate.subject())
                    + ": an agent cannot be named mesh-dev, that is mesh-dev's own prefix" + REMEDY);
        }
        return name;
    }

    /** The folder of a folder agent, else the file without its ending; {@code main} and {@code index} say nothing. */
    private static String plain(Candidate candidate) {
        if (candidate.folder().isPresent()) {
            return last(candidate.folder().get());
        }
        String file = last(candidate.file());
        int dot = file.lastIndexOf('.');
        String stem = dot > 0 ? file.substring(0, dot) : file;
        return switch (stem) {
            case "main", "index", "__main__" -> folderOf(candidate.file());
            default -> stem;
        };
    }

    private static String folderOf(Path file) {
        Path folder = file.getParent();
        boolean sources = last(folder).equals("src") && folder.getParent() != null;
        return last(sources ? folder.getParent() : folder);
    }

    private static String last(Path path) {
        return path.getFileName() == null ? "" : path.getFileName().toString();
    }

    /**
     * Lower case, accents dropped, everything else a single dash between the words that are left, at most 63 characters;
     * may be empty.
     */
    static String slug(String text) {
        String letters = isAscii(text) ? text : Normalizer.normalize(text, Normalizer.Form.NFD);
        StringBuilder name = new StringBuilder(text.length());
        boolean gap = false;
        for (int i = 0; i < letters.length() && name.length() < LONGEST; i++) {
            char c = lower(letters.charAt(i));
            if (c >= 'a' && c <= 'z' || c >= '0' && c <= '9') {
                if (gap && name.length() > 0 && name.length() < LONGEST - 1) {
                    name.append('-');
                }
                name.append(c);
                gap = false;
            } else if (Character.getType(c) != Character.NON_SPACING_MARK) {
                gap = true;
            }
        }
        return name.toString();
    }

    private static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 127) {
                return false;
            }
        }
        return true;
    }
}
