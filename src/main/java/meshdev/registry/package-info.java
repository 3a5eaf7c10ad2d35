/**
 * Owns the registry that agents register with: finding out what is at its URL, starting or embedding one where nothing is,
 * keeping it, and asking it who is registered. Never knows agents' phases, writes words for users, or stops a registry that
 * it did not start. Start reading at {@link meshdev.registry.RegistryKeeper}, then {@code KeeperMachine}, which decides for it.
 */
package meshdev.registry;
