package meshdev.python.fidelity;

/**
 * What a run left.
 *
 * @param code 128 and the signal for one that was ended by a signal
 * @param out  byte for byte, as Latin-1
 */
record Outcome(int code, String out, String err) {
}
