package meshdev.config;

/** How an agent is reloaded; see the README for what each promises. */
public enum Strategy {
    RESTART, REFRESH
}
