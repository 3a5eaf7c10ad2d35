package meshdev.python.fidelity;

/**
 * What a run left.
 *
 * @param code 128 and the signal for one that was ended by a signal
 * @param out  byte for byte, as Latin-1
 */
record Outcome(int code, String out, String err) {
    /** The first line that is another; empty for none. */
    String differenceFrom(Outcome other) {
        String[] ours = lines();
        String[] theirs = other.lines();
        for (int i = 0; i < Math.max(ours.length, theirs.length); i++) {
            String one = i < ours.length ? ours[i] : "no more";
            String two = i < theirs.length ? theirs[i] : "no more";
            if (!one.equals(two)) {
                return one + "\n  became\n" + two;
            }
        }
        return "";
    }

    private String[] lines() {
        return (code + "\n" + out + "\nerr\n" + err + "|").split("\n");
    }
}
