package meshdev.python.fidelity;

import java.util.Optional;

/** How an agent comes to run. */
enum Mode {
    /** {@code python agent.py}. */
    COLD(null),
    /** By the runner. */
    WAITED(null),
    /** By the runner, which keeps what is imported. */
    RECORDED("--record"),
    /** By the runner, which imports beforehand what was kept. */
    PRELOADED("--preload");

    private final String option;

    Mode(String option) {
        this.option = option;
    }

    Optional<String> option() {
        return Optional.ofNullable(option);
    }
}
