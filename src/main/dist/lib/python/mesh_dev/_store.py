"""Where a state is kept: one file, written by one process. Loaded at the first use of the state.

The file is replaced, never rewritten, so a kill at any moment leaves the old state or the new one. It is not forced to
the platter: a kill cannot take what the system has, and waiting for the disk would cost each change milliseconds.
"""
import fcntl
import json
import os
import stat
import sys

VERSION = 1
NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC


class Store:
    """Where a state is kept, by the one process that may write it."""

    def __init__(self, folder):
        self.path = os.path.join(os.path.abspath(folder), "state.json")
        self.depth = 0
        self.trouble = False
        self.forked = False
        self.pid = os.getpid()
        self.lock = None
        self.writable = self._is_first()

    def _is_first(self):
        """A lock of the process: it ends with it, however that ends, and forked children do not have it."""
        try:
            self._make_folder()
            self.lock = os.open(self.path[:-len("json")] + "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError:
            return True  # nothing can be locked here; if nothing can be written either, that is said then
        try:
            fcntl.lockf(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            self.say("another process writes %s; what this one (pid %d) changes is kept in memory only" % (self.path, self.pid))
            return False
        except OSError:
            pass  # a file system without locks
        return True

    def _make_folder(self):
        os.makedirs(os.path.dirname(self.path), 0o700, exist_ok=True)

    def read(self):
        """What was kept. A file that holds no state is moved aside; one that cannot be read just now is left alone."""
        try:
            return self._parse(self._bytes())
        except FileNotFoundError:
            return {}
        except NotADirectoryError:
            return {}  # writing says so
        except (PermissionError, ValueError, RecursionError) as e:
            self._set_aside(e)
        except (OSError, MemoryError) as e:
            self.writable = False
            self.say("%s can't be read: %s; it is left alone, and this run keeps its state in memory only"
                     % (self.path, _reason(e)))
        return {}

    def _bytes(self):
        """Opened without waiting: what is not a file (a pipe, a folder) is no state."""
        handle = os.open(self.path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        try:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise ValueError("is not a file")
            with open(handle, "rb", closefd=False) as file:
                return file.read()
        finally:
            os.close(handle)

    @staticmethod
    def _parse(data):
        kept = json.loads(data.decode("utf-8"))
        if not isinstance(kept, dict) or not isinstance(kept.get("state"), dict):
            raise ValueError("holds no state")
        if kept.get("version") != VERSION:
            raise ValueError("is of version %.20r, this mesh-dev reads version %d" % (kept.get("version"), VERSION))
        return kept["state"]

    def _set_aside(self, error):
        if not self.writable:
            return
        bad = self.path + ".bad"
        try:
            os.replace(self.path, bad)
            self.say("the state can't be used: %s; it is set aside as %s, and the agent starts with an empty one"
                     % (_reason(error), bad))
        except OSError as e:
            self.writable = False
            self.say("%s can't be used: %s; it can't be set aside either: %s; this run keeps its state in memory only"
                     % (self.path, _reason(error), _reason(e)))

    @staticmethod
    def say(text):
        """One line, and never a failure: nobody may read standard error."""
        try:
            sys.stderr.write("mesh_dev.state: %s\n" % text)
            sys.stderr.flush()
        except (AttributeError, OSError, ValueError):
            pass

    def may_write(self):
        if self.pid == os.getpid():
            return self.writable
        if not self.forked:
            self.forked = True
            self.say("a forked process (pid %d) has a copy of the state; what it changes is not kept" % os.getpid())
        return False

    def write(self, text):
        """False when it could not be written, which is said once."""
        self.depth += 1  # a signal handler may change the state in the middle of this
        try:
            self._replace(b'{"version": %d, "state": %s}\n' % (VERSION, text.encode("ascii")))
            return True
        except OSError as e:
            if not self.trouble:
                self.trouble = True
                self.say("%s can't be written: %s; until it can, the state is kept in memory only" % (self.path, _reason(e)))
            return False
        finally:
            self.depth -= 1

    def _replace(self, data):
        draft = "%s.tmp%d" % (self.path, self.depth)
        try:
            with open(self._create(draft), "wb") as file:
                file.write(data)
            os.replace(draft, self.path)
        except OSError:
            self._forget(draft)
            raise

    def _create(self, draft):
        """A new file that only its owner reads; what a kill left of an earlier one, or a link, is removed first."""
        try:
            return os.open(draft, NEW, 0o600)
        except FileNotFoundError:
            self._make_folder()
        except FileExistsError:
            self._forget(draft)
        return os.open(draft, NEW, 0o600)

    @staticmethod
    def _forget(draft):
        try:
            os.unlink(draft)
        except OSError:
            pass


def _reason(error):
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
