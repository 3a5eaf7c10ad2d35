package meshdev.registry;

/**
 * An agent's place in the registry, to be kept for it while it is restarted.
 *
 * @param id        of its row
 * @param heartbeat what it would say of itself to have that row, as far as the registry tells: names and versions of what it
 *                  serves; the rest it says itself when it is back
 */
public record Place(String id, String heartbeat) {
}
