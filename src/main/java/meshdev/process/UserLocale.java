package meshdev.process;

import java.util.Map;

/** Undoes what the launcher script changed in the environment, so that agents see the user's own. */
public final class UserLocale {
    private static final String NOTE = "MESH_DEV_LC_ALL";
    private static final String SET = "set:";

    private UserLocale() {}

    /**
     * Restores {@code LC_ALL} from the launcher's note, {@code set:VALUE} or {@code unset}, and takes the note away;
     * without a note, nothing was changed.
     */
    public static void restoreIn(Map<String, String> environment) {
        String note = environment.remove(NOTE);
        if (note == null) {
            return;
        }
        if (note.startsWith(SET)) {
            environment.put("LC_ALL", note.substring(SET.length()));
        } else {
            environment.remove("LC_ALL");
        }
    }
}
