package meshdev.registry;

/** What the machine wants done; {@link RegistryKeeper} does it. A closed list. */
sealed interface KeeperEffect {
    /** Look at the URL; answered by {@code found}. */
    enum Look implements KeeperEffect {
        /** Whether the port accepts connections; that counts as a registry. Costs next to nothing. */
        PORT,
        /** Whether a registry answers. */
        HEALTH,
        /** Whether the program that we started answers. */
        OWN
    }

    /**
     * Start the program; answered by {@code launched}, {@code noProgram} or {@code failed}.
     *
     * @param takeOver on the database of the registry that was here before
     */
    record Launch(boolean takeOver) implements KeeperEffect {
    }

    /** Things to do that need no word more. */
    enum Deed implements KeeperEffect {
        /** Open the registry inside mesh-dev; answered by {@code opened} or {@code failed}. */
        OPEN,
        /** Close it. */
        CLOSE,
        /** Ask the program to end; answered by {@code ended}. */
        TERMINATE,
        /** End the program at once; answered by {@code ended}. */
        KILL
    }

    /** Find out who has the port, and tell. */
    record Accuse(String how) implements KeeperEffect {
    }

    record Tell(RegistryEvent event) implements KeeperEffect {
    }
}
