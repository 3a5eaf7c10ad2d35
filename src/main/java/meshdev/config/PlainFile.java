package meshdev.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Reads a small regular file; anything else is refused before it is opened, because opening a pipe would block. */
final class PlainFile {
    /** Largest file read, in bytes. */
    static final int LIMIT = 1024 * 1024;

    private PlainFile() {
    }

    /** Whether the name exists, even as a dangling link: then reading it explains what is wrong. */
    static boolean isThere(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * The bytes of a file, at most {@link #LIMIT}.
     *
     * @param name how the user calls the file
     * @throws ConfigException when it is missing, unreadable, too big or no regular file
     */
    static byte[] read(Path file, String name) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            refuseUnlessRegular(attributes, name);
            refuseBiggerThanLimit(attributes.size(), name);
            byte[] bytes;
            try (InputStream in = Files.newInputStream(file)) {
                bytes = in.readNBytes(LIMIT + 1);
            }
            refuseBiggerThanLimit(bytes.length, name);
            return bytes;
        } catch (IOException e) {
            throw new ConfigException(name + ": " + reason(e));
        }
    }

    private static void refuseUnlessRegular(BasicFileAttributes attributes, String name) {
        if (attributes.isDirectory()) {
            throw new ConfigException(name + ": is a directory; a file is expected here");
        }
        if (!attributes.isRegularFile()) {
            throw new ConfigException(name + ": is a pipe, socket or device; a regular file is expected here");
        }
    }

    private static void refuseBiggerThanLimit(long size, String name) {
        if (size > LIMIT) {
            throw new ConfigException(name + ": is bigger than 1 MiB; is this the right file?");
        }
    }

    /** Never the exception's own text alone: for the common cases that is nothing but the path. */
    static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "no such file; check the spelling or create it";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied; make it readable for you";
        }
        return "cannot be read (" + e.getMessage() + ")";
    }
}
