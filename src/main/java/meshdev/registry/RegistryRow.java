package meshdev.registry;

import java.util.OptionalInt;
import java.util.Set;

/**
 * An agent as a registry lists it. What the registry does not say is empty, or zero.
 *
 * @param status   {@code healthy} or anything else
 * @param endpoint a URL
 * @param lastSeen a time as the registry writes it; only good for comparing
 */
public record RegistryRow(String id, String name, String status, String endpoint, String lastSeen, int totalDependencies,
        int dependenciesResolved) {
    private static final String SCHEME_END = "://";
    private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "::1");

    public boolean isHealthy() {
        return status.equalsIgnoreCase("healthy");
    }

    /** Whether its endpoint is on loopback; a registry shared with others has rows of their machines. */
    boolean isOfThisMachine() {
        return THIS_MACHINE.contains(host());
    }

    /** The port of its endpoint. */
    OptionalInt port() {
        String place = place();
        String digits = place.substring(place.lastIndexOf(':') + 1);
        boolean number = place.lastIndexOf(':') > place.lastIndexOf(']') && digits.matches("\\d{1,5}");
        return number ? OptionalInt.of(Integer.parseInt(digits)) : OptionalInt.empty();
    }

    /** The host of its endpoint, without brackets. */
    String host() {
        String place = place();
        int colon = place.lastIndexOf(':');
        String host = colon > place.lastIndexOf(']') ? place.substring(0, colon) : place;
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private String place() {
        int scheme = endpoint.indexOf(SCHEME_END);
        String rest = scheme < 0 ? endpoint : endpoint.substring(scheme + SCHEME_END.length());
        return rest.split("[/?#]", 2)[0];
    }
}
