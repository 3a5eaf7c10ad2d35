package meshdev.registry;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

/** Looks at what is at the registry's URL; each look is limited, see {@link BoundedCall}. */
final class RegistryLook {
    private static final int LONGEST_BODY = 64 << 10;

    private final RegistryAddress address;
    private final BoundedCall call;

    RegistryLook(RegistryAddress address) {
        this.address = address;
        this.call = new BoundedCall(address, LONGEST_BODY);
    }

    /** Whether this is what a registry answers to {@code /health}: agents have a {@code /health} as well. */
    static boolean isRegistry(String body) {
        return body.stripLeading().startsWith("{") && body.contains("registry");
    }

    /** Whether somebody accepts connections, for a registry that is known to be there. */
    Finding atPort() {
        for (InetSocketAddress each : address.addresses()) {
            try (Socket socket = new Socket()) {
                socket.connect(each, (int) BoundedCall.CONNECT.toMillis());
                return new Finding(Finding.Kind.REGISTRY, "accepts connections");
            } catch (SocketTimeoutException e) {
                return new Finding(Finding.Kind.SILENT, "does not answer");
            } catch (IOException e) {
                continue; // refused, or there is no such address here
            }
        }
        return new Finding(Finding.Kind.NOTHING, "nobody listens");
    }

    /** Whether a registry answers, healthy or not. */
    Finding atHealth() {
        try {
            return judge(call.send("GET", "/health"));
        } catch (ConnectException e) {
            return new Finding(Finding.Kind.NOTHING, "nobody listens");
        } catch (UnknownHostException e) {
            return new Finding(Finding.Kind.NOTHING, "its host is unknown");
        } catch (SocketTimeoutException e) {
            return new Finding(Finding.Kind.SILENT, "does not answer");
        } catch (IOException e) {
            return new Finding(Finding.Kind.FOREIGN, "answers something else than a registry would");
        }
    }

    private static Finding judge(BoundedCall.Answer answer) {
        if (isRegistry(answer.body())) {
            return new Finding(Finding.Kind.REGISTRY, "answers");
        }
        String how = answer.status() < 0 ? "speaks no HTTP"
                : answer.isSuccess() ? "answers, but not as a registry does" : "answers HTTP " + answer.status();
        return new Finding(Finding.Kind.FOREIGN, how);
    }
}
