package meshdev.watch;

import java.nio.file.Path;

/** Where hints that something may have changed come from. */
interface ChangeSource extends AutoCloseable {
    /** What a source tells; may be called from any thread and returns at once. */
    interface Hints {
        /** An event: something may have changed anywhere, now. */
        void changed();

        /** An event: this file may have changed, now; others too. */
        void changed(Path file);

        /** An event at a file that is not watched: no reason to look, but perhaps somebody wonders. */
        void refused(Path file);

        /** No event, but a time is over in which events could not be told, or one begins. */
        void unsure();

        /** This source will not work; the reason names the remedy. Nothing is told after that. */
        void failed(String reason);
    }

    /** Begins to tell hints; returns at once. Called once. */
    void start(Hints hints);

    /** Folders were replaced behind their names, or can be read again: bind to what the names lead to now. */
    void refresh();

    /** Whether every change from now on should lead to an event. */
    boolean listening();

    WatchMode mode();

    /** Ends all threads of this source, in a while; returns at once. */
    @Override
    void close();
}
