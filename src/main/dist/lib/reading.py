"""Reads beforehand the code of modules that the agent will probably import, and runs none of it. Used by runner.py.

Half of what an import takes is finding out whether byte code is current, reading it and making objects of it. None of that can be told
from doing it later, so it is done in the quiet time. Which modules these are is read off the import statements that run when a
module is loaded, beginning with the agent's; a wrong guess costs nothing but the reading. Only what is installed is kept: files of
the project may change at any moment. Native modules of the standard library are loaded by the system's loader, which for one with many
libraries behind it is most of its import, and not initialized. Imports nothing, as runner.py.
"""
import os
import sys

freshness = load("freshness")  # noqa: F821 - given by runner.py
external = sys.modules["_frozen_importlib_external"]
MOST_BYTES = 24 << 20
"""Of byte code, for one agent."""
LENT_SECONDS = 30
"""An agent has imported what it needs by then; what is left is let go at its next import."""
NATIVE_FOLDER = "lib-dynload"
NO_MODULE = "nothing_of_this_name"
LARGEST_SOURCE = 1 << 20
"""Of a file of the project, in bytes: compiling a larger one would keep mesh-dev waiting for answers."""


class Shelf:
    """Code of installed modules in the order in which they are imported, and how far reading has come."""

    def __init__(self, agent, codes):
        """codes compiles sources of the project."""
        self.codes = codes
        self.folders = freshness.trusted_folders()
        self.operation = import_operation()
        self.room = MOST_BYTES
        self.kept = {}
        self.seen = set(sys.modules)
        self.libraries = native_modules(self.folders)
        self.packages = {name: paths_of(module) for name, module in list(sys.modules.items())}
        self.names = [self.of_source(agent, "")]

    def read_on(self):
        """Reads one more module; False when there is nothing left to read."""
        while self.names and self.room > 0:
            name = next(self.names[-1], None)
            if name is None:
                self.names.pop()
            elif name not in self.seen:
                self.seen.add(name)
                self.names.append(self.of_module(name))
                return True
        return False

    def of_module(self, name):
        """The names that a module imports when it is loaded; none when it is not to be had as a Python file."""
        path, package = self.find(name)
        if not path:
            if name in self.libraries:
                load_library(self.libraries[name])
            return iter(())
        inner = name if package else name.rpartition(".")[0]
        if not freshness.is_trusted(path, self.folders):
            return self.of_source(path, inner)
        known = freshness.identity(path)
        writes, sys.dont_write_bytecode = sys.dont_write_bytecode, True
        try:
            size = os.stat(external.cache_from_source(path)).st_size
            code = external.SourceFileLoader(name, path).get_code(name)
        except Exception:  # without byte code, or broken: the agent may meet it when it gets there
            return iter(())
        finally:
            sys.dont_write_bytecode = writes
        self.room -= size
        self.kept[path] = known, code
        return self.imported(code, inner)

    def of_source(self, path, package):
        try:
            with open(path, "rb") as file:
                source = file.read(LARGEST_SOURCE + 1)
            if len(source) > LARGEST_SOURCE:
                return iter(())
            return self.imported(self.codes.of(source, path), package)
        except Exception:  # it will be told when it is checked
            return iter(())

    def find(self, name):
        """The file of a module, "" for none, and whether that is a package's. Its parent was looked for before."""
        parent, _, stem = name.rpartition(".")
        places = self.packages.get(parent, ()) if parent else freshness.texts(sys.path)
        if name in sys.builtin_module_names:
            return "", False
        for place in places:
            base = os.path.join(place, stem)
            for path, package in ((os.path.join(base, "__init__.py"), True), (base + ".py", False)):
                if os.path.isfile(path):
                    if package:
                        self.packages[name] = (base,)
                    return path, package
        return "", False

    def imported(self, code, package):
        """The names of modules in the order of the statements, parents first."""
        before = [(0, 0), (0, 0)]
        for at in range(0, len(code.co_code), 2):
            operation, value = code.co_code[at], code.co_code[at + 1]
            if operation == self.operation and value < len(code.co_names):
                members, level = before[-1], before[-2]
                yield from spread(code.co_names[value], constant(code, members),
                                  constant(code, level) if level[0] == members[0] else level[1], package)
            if operation:
                before = [before[-1], (operation, value)]

    def lend(self):
        """From now on imports take from the shelf what is there and still as it is on disk."""
        if self.kept:
            lend(self.kept, external.SourceFileLoader)


def native_modules(folders):
    """The files of the standard library's native modules that are files of their own, by name."""
    suffixes = tuple(external.EXTENSION_SUFFIXES)
    return {name.partition(".")[0]: os.path.join(folder, name)
            for folder in folders if os.path.basename(os.path.dirname(folder)) == NATIVE_FOLDER
            for name in freshness.names_in(folder) if name.endswith(suffixes)}


def load_library(path):
    """What the system does at an import. Python then looks for the module's first function, of which there is none by this name."""
    try:
        external._imp.create_dynamic(sys.modules["_frozen_importlib"].ModuleSpec(NO_MODULE, None, origin=path))
    except ImportError:
        pass


def paths_of(module):
    """Where the modules of a package are; nothing for any other module."""
    try:
        return freshness.texts(object.__getattribute__(module, "__dict__").get("__path__", ()))
    except Exception:
        return ()


def import_operation():
    """The number of the operation that imports; it differs by version."""
    code = compile("import a, b, c", "", "exec").co_code
    values = {}
    for at in range(0, len(code), 2):
        values.setdefault(code[at], set()).add(code[at + 1])
    return next((operation for operation in values if values[operation] == {0, 1, 2}), -1)


def constant(code, operation):
    return code.co_consts[operation[1]] if operation[1] < len(code.co_consts) else None


def spread(name, members, level, package):
    """What one import statement may load."""
    if isinstance(level, int) and 0 < level <= package.count(".") + 1:
        base = package.split(".")
        name = ".".join(base[:len(base) - level + 1] + ([name] if name else []))
    parts = name.split(".")
    for end in range(1, len(parts) + 1):
        yield ".".join(parts[:end])
    for member in members if isinstance(members, tuple) else ():
        if isinstance(member, str) and member != "*":
            yield name + "." + member


def lend(kept, loader):
    usual = loader.get_code
    clock = sys.modules["time"].monotonic
    end = clock() + LENT_SECONDS

    def get_code(self, fullname):
        if type(self) is not loader:  # one that does something to code
            return usual(self, fullname)
        known, code = kept.get(self.path, (None, None))
        if clock() > end:
            kept.clear()
        fresh = known is not None and known == freshness.identity(self.path)
        for path in list(kept) if fresh else ():  # what comes before it was passed over, and is not wanted any more
            kept.pop(path, None)  # another thread may be here too
            if path == self.path:
                break
        if not kept and loader.__dict__.get("get_code") is get_code:
            del loader.get_code
        return code if fresh else usual(self, fullname)
    # Its frame is taken out of tracebacks as those of the function it stands for.
    get_code.__code__ = get_code.__code__.replace(co_filename=usual.__code__.co_filename)
    loader.get_code = get_code
