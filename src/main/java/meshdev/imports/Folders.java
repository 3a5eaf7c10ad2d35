package meshdev.imports;

import java.nio.file.Path;
import java.util.List;

/** What lies in folders, as modules are looked for: fast, and possibly remembered from an earlier look. */
interface Folders {
    boolean isFile(Path path);

    boolean isFolder(Path path);

    /** Every file below a folder, at any depth; links to folders are not followed. At most some thousands. */
    List<Path> filesBelow(Path folder);
}
