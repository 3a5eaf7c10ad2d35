package meshdev.config;

/** Tells hosts that are this machine from all others, by their spelling: no name service is asked. */
public final class Loopback {
    private Loopback() {
    }

    /** Whether it is a name of the loopback addresses. @param host in small letters */
    public static boolean isName(String host) {
        return host.equals("localhost") || host.equals("localhost.") || host.endsWith(".localhost");
    }

    /** Whether it is such a name, or one of the addresses. @param host in small letters, without brackets */
    public static boolean isHost(String host) {
        return isName(host) || host.startsWith("127.") && host.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9')
                || isSixthOne(host);
    }

    /** {@code ::1}, with any number of zeros. */
    private static boolean isSixthOne(String host) {
        return host.endsWith("1") && host.indexOf(':') >= 0
                && host.chars().limit(host.length() - 1L).allMatch(c -> c == ':' || c == '0');
    }
}
