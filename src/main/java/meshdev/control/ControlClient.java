package meshdev.control;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks every supervisor of a project.
 *
 * @param patience how long each may take to answer
 */
public record ControlClient(SocketPlace place, Duration patience) {
    private static final int LONGEST_ANSWER = 16 * 1024 * 1024;

    /** Asks one after the other. A socket of a supervisor that is dead is deleted, and counts for nothing. */
    public Answers ask(String command) {
        List<Map<String, Object>> documents = new ArrayList<>();
        List<String> troubles = new ArrayList<>();
        for (Path socket : place.sockets()) {
            String who = "mesh-dev (pid " + place.pid(socket) + ") ";
            try {
                Map<String, Object> answer = ask(socket, command);
                if (answer.containsKey("error")) {
                    troubles.add(who + "refuses to answer: " + answer.get("error"));
                } else if (!Long.valueOf(ControlServer.VERSION).equals(answer.get("version"))) {
                    troubles.add(who + "is of another version");
                } else {
                    documents.add(answer);
                }
            } catch (ConnectException e) {
                BoundSocket.forget(socket, place.pid(socket));
            } catch (IOException e) {
                if (Files.exists(socket)) { // else it has just ended
                    troubles.add(who + "does not answer: " + e.getMessage());
                }
            }
        }
        return new Answers(documents, troubles);
    }

    private Map<String, Object> ask(Path socket, String command) throws IOException {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("version", ControlServer.VERSION);
        request.put("command", command);
        try (Wire wire = Wire.to(socket)) {
            wire.write(Json.line(request), patience);
            return Json.object(wire.readLine(LONGEST_ANSWER, patience));
        } catch (IllegalArgumentException e) {
            throw new IOException("what it says is no JSON, " + e.getMessage(), e);
        }
    }
}
