package meshdev.config;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * The text of one file and what the user calls that file; every message with a place in it comes from here.
 *
 * @param name how the user would type the path
 * @param text without a byte order mark
 */
record SourceText(String name, String text) {

    /** @throws ConfigException when the bytes are not UTF-8, with the place of the first wrong one */
    static SourceText decode(byte[] bytes, String name) {
        if (bytes.length >= 2 && (bytes[0] & 0xfe) == 0xfe && (bytes[0] ^ bytes[1]) == 1) {
            throw new ConfigException(name + ":1:1: is UTF-16; save it as UTF-8");
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer chars = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), chars, true);
        SourceText source = new SourceText(name, withoutMark(chars.flip().toString()));
        if (result.isError()) {
            throw source.error(source.place(source.text.length()), "is not UTF-8 from here on; save the file as UTF-8");
        }
        return source;
    }

    static String withoutMark(String text) {
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    ConfigException error(Place at, String message) {
        return new ConfigException(sentence(at, message));
    }

    String sentence(Place at, String message) {
        return name + ":" + at.line() + ":" + at.column() + ": " + message;
    }

    Origin origin(Place at) {
        return Origin.at(name, at.line(), at.column());
    }

    /** The text of a line without its end; empty beyond the last one. */
    String line(int number) {
        int start = 0;
        for (int line = 1; line < number; line++) {
            int end = text.indexOf('\n', start);
            if (end < 0) {
                return "";
            }
            start = end + 1;
        }
        int end = text.indexOf('\n', start);
        String found = text.substring(start, end < 0 ? text.length() : end);
        return found.endsWith("\r") ? found.substring(0, found.length() - 1) : found;
    }

    /** The place of a character; columns count code points, as an editor does. */
    Place place(int index) {
        int line = 1;
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0 && end < index; end = text.indexOf('\n', start)) {
            line++;
            start = end + 1;
        }
        return new Place(line, text.codePointCount(start, index) + 1);
    }
}
