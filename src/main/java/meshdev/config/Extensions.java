package meshdev.config;

import java.util.ArrayList;
import java.util.List;

/** Understands a list of file extensions: {@code .py, yaml, *.md}. */
final class Extensions {
    private static final String FORBIDDEN = "/\\*?[]{}! \t";

    private Extensions() {
    }

    /** Each with its leading dot, once, in their order. */
    static List<String> parse(Said said) {
        List<String> extensions = new ArrayList<>();
        for (String item : said.text().split(",", -1)) {
            String extension = extension(said, item.strip());
            if (!extensions.contains(extension)) {
                extensions.add(extension);
            }
        }
        return List.copyOf(extensions);
    }

    private static String extension(Said said, String item) {
        if (item.isEmpty()) {
            throw said.refuse("has an empty item; write extensions separated by commas, such as .py,.yaml");
        }
        String bare = item.startsWith("*.") ? item.substring(2) : item.startsWith(".") ? item.substring(1) : item;
        boolean fine = !bare.isEmpty() && !bare.startsWith(".") && !bare.endsWith(".");
        for (int i = 0; i < bare.length(); i++) {
            fine &= FORBIDDEN.indexOf(bare.charAt(i)) < 0 && bare.charAt(i) > ' ';
        }
        if (!fine) {
            throw said.refuse("contains " + Quoted.of(item)
                    + ", which is no extension; write them such as .py,.yaml, and globs into .meshwatch");
        }
        return "." + bare;
    }
}
