package meshdev.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Makes the identity under which an agent registers: the same at every start of the same agent in the same project. */
final class AgentId {
    private static final int BYTES = 4;

    private AgentId() {
    }

    /** The name, without dashes at its ends, and eight hexadecimal digits; matches {@code [a-z0-9]([a-z0-9-]*[a-z0-9])?}. */
    static String of(Path root, String agent) {
        byte[] digest = sha256(root + "\0" + agent);
        StringBuilder id = new StringBuilder(withoutOuterDashes(agent)).append('-');
        for (int i = 0; i < BYTES; i++) {
            id.append(Character.forDigit(digest[i] >> 4 & 15, 16)).append(Character.forDigit(digest[i] & 15, 16));
        }
        return id.charAt(0) == '-' ? id.substring(1) : id.toString();
    }

    private static String withoutOuterDashes(String agent) {
        int start = 0;
        int end = agent.length();
        while (start < end && agent.charAt(start) == '-') {
            start++;
        }
        while (end > start && agent.charAt(end - 1) == '-') {
            end--;
        }
        return agent.substring(start, end);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
