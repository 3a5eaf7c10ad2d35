package meshdev.supervise;

import java.util.Optional;
import java.util.OptionalInt;
import meshdev.process.ProcessName;

/**
 * Why a start failed.
 *
 * @param why    in words, such as {@code exit code 1}
 * @param port   the one it should have had, if that is known
 * @param holder who else listens there
 */
public record StartFailure(String why, OptionalInt port, Optional<ProcessName> holder) {
}
