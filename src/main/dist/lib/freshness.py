"""Whether an interpreter that waits still is what a new one would be. Imports nothing, as runner.py."""
import os
import sys

TRUSTED_NAMES = ("site-packages", "dist-packages", "lib-dynload")


def trusted_folders():
    """Where what changes seldom, and is nobody's project, is imported from: the standard library and installed packages."""
    said = [os.path.abspath(entry) for entry in os.environ.get("PYTHONPATH", "").split(os.pathsep) if entry]
    folders = [os.path.dirname(os.path.abspath(os.__file__))]
    folders += [entry for entry in texts(sys.path) if os.path.basename(entry) in TRUSTED_NAMES and entry not in said]
    return tuple(os.path.join(folder, "") for folder in folders)


def texts(entries):
    """The folders of a search path; import passes over all else that is put there, such as pathlib's."""
    return [entry for entry in entries if isinstance(entry, str)]


def is_trusted(path, folders):
    return path.startswith(folders)


def identity(path):
    try:
        status = os.stat(path)
        return status.st_mtime_ns, status.st_size, status.st_ino
    except OSError:
        return None


class Snapshot:
    """Everything that was loaded, as it was on disk then."""

    def __init__(self, known=()):
        self.folders = trusted_folders()
        self.files = {}
        agent = sys.modules.get("__main__")  # multiprocessing has another name for it
        for path in [file_of(module) for module in list(sys.modules.values()) if module is not agent]:
            if isinstance(path, str):
                self.files[path] = identity(path)
        self.files.update(known)
        for folder in self.folders:
            self.files[folder] = identity(folder)
        self.here = working_folder()
        self.top_names = {name.partition(".")[0] for name in list(sys.modules)}
        self.shadows = self.shadowing()

    def stale(self):
        """Why not, in words; an empty text when all is as it was."""
        for path, known in self.files.items():
            if identity(path) != known:
                return "%s has changed" % path
        if working_folder() != self.here:
            return "the working directory is another one"
        new = self.shadowing() - self.shadows
        if new:
            return "%s of the project stands before what was loaded" % sorted(new)[0]
        return replaced_library()

    def shadowing(self):
        """Files of the project that would be imported instead of what was."""
        found = set()
        for entry in texts(sys.path):
            if not is_trusted(os.path.join(entry, ""), self.folders):
                found.update(os.path.join(entry, name) for name in names_in(entry) if name.partition(".")[0] in self.top_names)
        return found

    def renew_caches(self, agent):
        """What import and logging remember of the time before GO."""
        cache = sys.path_importer_cache
        for entry, finder in list(cache.items()):
            if finder is None and entry != agent:
                del cache[entry]
            elif hasattr(finder, "invalidate_caches"):
                finder.invalidate_caches()
        logging = sys.modules.get("logging")
        if logging is not None and hasattr(logging, "_startTime"):
            clock = sys.modules["time"]
            logging._startTime = clock.time_ns() if isinstance(logging._startTime, int) else clock.time()


def working_folder():
    """Its path, and whether that is where this process still is; None for one that is gone."""
    try:
        here = os.getcwd()
        return here, os.stat(here).st_ino == os.stat(".").st_ino
    except OSError:
        return None


def file_of(module):
    """Without waking one that is loaded lazily."""
    try:
        return object.__getattribute__(module, "__dict__").get("__file__")
    except Exception:
        return None


def names_in(folder):
    try:
        return os.listdir(folder or ".")
    except OSError:
        return []


def replaced_library():
    """A native library that is in use but was deleted or replaced, where the system tells."""
    try:
        with open("/proc/self/maps", "rb") as maps:
            for line in maps:
                if line.endswith(b" (deleted)\n") and b".so" in line:
                    return "%s was replaced" % os.fsdecode(line.split(None, 5)[5][:-len(b" (deleted)\n")])
    except OSError:
        pass
    return ""
