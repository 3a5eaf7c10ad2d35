package meshdev.registry;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import meshdev.config.Loopback;
import meshdev.config.RegistryVariables;

/**
 * Where the registry is, taken apart for whoever calls it or listens there.
 *
 * @param shown         for messages: without user, password and query
 * @param bases         what to put before a path, in the order in which they are tried: {@code localhost} is asked at both
 *                      loopback addresses
 * @param host          without brackets
 * @param authorization the header's value when the URL names a user; secret
 */
public record RegistryAddress(String shown, List<String> bases, String host, int port, Optional<String> authorization) {
    private static final String IPV4 = "127.0.0.1";
    private static final String IPV6 = "::1";

    public RegistryAddress {
        bases = List.copyOf(bases);
    }

    public static RegistryAddress of(RegistryVariables variables) {
        String url = variables.url().value();
        String host = variables.host().toLowerCase(Locale.ROOT);
        String scheme = url.substring(0, url.indexOf("://") + 3).toLowerCase(Locale.ROOT);
        String rest = url.substring(scheme.length());
        int end = endOfAuthority(rest);
        int at = rest.substring(0, end).lastIndexOf('@');
        String path = withoutQuery(rest.substring(end));
        List<String> bases = hosts(host).stream()
                .map(each -> scheme + inUrl(each) + ":" + variables.port() + path).toList();
        Optional<String> authorization = at < 0 ? Optional.empty() : Optional.of(basic(rest.substring(0, at)));
        return new RegistryAddress(variables.displayUrl(), bases, host, variables.port(), authorization);
    }

    private static int endOfAuthority(String rest) {
        int end = 0;
        while (end < rest.length() && "/?#".indexOf(rest.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    /** Without a slash at its end either: paths begin with one. */
    private static String withoutQuery(String path) {
        String bare = path.split("[?#]", 2)[0];
        return bare.endsWith("/") ? bare.substring(0, bare.length() - 1) : bare;
    }

    private static List<String> hosts(String host) {
        return Loopback.isName(host) ? List.of(IPV4, IPV6) : List.of(host);
    }

    private static String inUrl(String host) {
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }

    private static String basic(String userInfo) {
        String plain = URLDecoder.decode(userInfo.replace("+", "%2B"), StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether the host is a loopback name or address. Asks no name service. */
    public boolean isLocal() {
        return Loopback.isHost(host);
    }

    /** Whether a registry of ours would be found under this URL: it speaks plain HTTP, on loopback, at no path of its own. */
    public boolean isStartable() {
        String base = bases.get(0);
        return isLocal() && base.startsWith("http://") && base.indexOf('/', "http://".length()) < 0;
    }

    /** The host a registry of ours listens on, as an address. */
    String listenHost() {
        return Loopback.isName(host) ? IPV4 : host;
    }

    /**
     * Where a registry of ours listens.
     *
     * @throws IllegalStateException when it is not local
     */
    public InetSocketAddress listenAddress() {
        return addresses().get(0);
    }

    /** Each address it may listen on; only of a local one, so that no name service is asked. */
    List<InetSocketAddress> addresses() {
        if (!isLocal()) {
            throw new IllegalStateException(shown + " is not local");
        }
        return hosts(host).stream().map(this::socketAddress).toList();
    }

    private InetSocketAddress socketAddress(String literal) {
        try {
            return new InetSocketAddress(InetAddress.getByName(literal), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(literal + " is no address", e);
        }
    }

    /** Leaves out what may be secret. */
    @Override
    public String toString() {
        return "RegistryAddress[" + shown + "]";
    }
}
