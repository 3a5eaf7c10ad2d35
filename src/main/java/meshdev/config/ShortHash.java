package meshdev.config;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The first eight hexadecimal digits of SHA-256. Written out, because the first use of {@code MessageDigest} loads the
 * JDK's security providers, and that costs 20 ms before the first agent is launched. For names, not for security.
 */
public final class ShortHash {
    private static final int BLOCK = 64;
    private static final int ROUNDS = 64;
    private static final int WORDS = 8;
    private static final double TWO_TO_32 = 4_294_967_296.0;
    private static final int LENGTH_BYTES = 8;

    private ShortHash() {
    }

    /** Of the text's UTF-8 form. */
    public static String of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int blocks = (bytes.length + LENGTH_BYTES) / BLOCK + 1;
        ByteBuffer padded = ByteBuffer.allocate(blocks * BLOCK);
        padded.put(bytes).put((byte) 0x80).putLong(blocks * BLOCK - LENGTH_BYTES, bytes.length * 8L).rewind();
        int[] constants = roots(3, ROUNDS);
        int[] state = roots(2, WORDS);
        for (int i = 0; i < blocks; i++) {
            addBlock(state, schedule(padded), constants);
        }
        String digits = Integer.toHexString(state[0]);
        return "0".repeat(8 - digits.length()) + digits;
    }

    /** The first 32 bits behind the point of the square or cube roots of the first primes. */
    private static int[] roots(int degree, int count) {
        int[] roots = new int[count];
        int found = 0;
        for (int candidate = 2; found < count; candidate++) {
            if (isPrime(candidate)) {
                double root = degree == 2 ? Math.sqrt(candidate) : Math.cbrt(candidate);
                roots[found++] = (int) (long) (root * TWO_TO_32);
            }
        }
        return roots;
    }

    private static boolean isPrime(int candidate) {
        for (int divisor = 2; divisor * divisor <= candidate; divisor++) {
            if (candidate % divisor == 0) {
                return false;
            }
        }
        return true;
    }

    private static int[] schedule(ByteBuffer block) {
        int[] words = new int[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            words[i] = i < BLOCK / Integer.BYTES ? block.getInt() : next(words, i);
        }
        return words;
    }

    private static int next(int[] words, int i) {
        int early = words[i - 15];
        int late = words[i - 2];
        int first = Integer.rotateRight(early, 7) ^ Integer.rotateRight(early, 18) ^ early >>> 3;
        int second = Integer.rotateRight(late, 17) ^ Integer.rotateRight(late, 19) ^ late >>> 10;
        return words[i - 16] + first + words[i - 7] + second;
    }

    /** The standard's compression; {@code s[0]} to {@code s[7]} are its variables a to h. */
    private static void addBlock(int[] state, int[] words, int[] constants) {
        int[] s = state.clone();
        for (int i = 0; i < ROUNDS; i++) {
            int sum1 = Integer.rotateRight(s[4], 6) ^ Integer.rotateRight(s[4], 11) ^ Integer.rotateRight(s[4], 25);
            int choice = s[4] & s[5] ^ ~s[4] & s[6];
            int first = s[7] + sum1 + choice + constants[i] + words[i];
            int sum0 = Integer.rotateRight(s[0], 2) ^ Integer.rotateRight(s[0], 13) ^ Integer.rotateRight(s[0], 22);
            int majority = s[0] & s[1] ^ s[0] & s[2] ^ s[1] & s[2];
            System.arraycopy(s, 0, s, 1, WORDS - 1);
            s[4] += first;
            s[0] = first + sum0 + majority;
        }
        for (int i = 0; i < WORDS; i++) {
            state[i] += s[i];
        }
    }
}
