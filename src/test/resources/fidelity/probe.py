"""Says what an agent finds: lines of a name, a tab and a value."""
first_names = list(globals())
import sys
first_modules = sorted(sys.modules)
import os
descriptors = {}
for handle in range(21):
    try:
        os.fstat(handle)
        target = os.readlink("/proc/self/fd/%d" % handle)
        with open("/proc/self/fdinfo/%d" % handle) as file:
            mode = [line.split()[1] for line in file if line.startswith("flags")]
        descriptors[handle] = (target.split(":")[0], os.get_inheritable(handle), mode)
    except OSError:
        pass
facts = {"first names": first_names, "first modules": first_modules, "descriptors": descriptors}
for name in ("__name__", "__file__", "__spec__", "__package__", "__annotations__", "__cached__", "__doc__", "__builtins__"):
    facts[name] = repr(globals().get(name, "none"))
facts["__loader__"] = (type(__loader__), __loader__.name, __loader__.path)
facts["main is globals"] = sys.modules["__main__"].__dict__ is globals()
facts["main"] = repr(sys.modules["__main__"])
facts["main among modules"] = list(sys.modules).index("__main__")
for name in ("argv", "orig_argv", "path", "flags", "warnoptions", "_xoptions", "executable", "prefix", "base_prefix", "path_hooks",
             "dont_write_bytecode", "pycache_prefix", "hash_info", "_base_executable"):
    facts["sys." + name] = repr(getattr(sys, name, "none"))
facts["sys.meta_path"] = [getattr(one, "__name__", type(one).__name__) for one in sys.meta_path]
facts["sys.path_importer_cache"] = sorted((name, finder is None) for name, finder in sys.path_importer_cache.items()
                                          if name.endswith(".py"))
facts["sys settings"] = (sys.getrecursionlimit(), sys.getswitchinterval(), sys.getdefaultencoding(), sys.getfilesystemencoding(),
                         sys.getfilesystemencodeerrors(), sys.gettrace(), sys.getprofile(), sys.excepthook is sys.__excepthook__,
                         sys.displayhook is sys.__displayhook__, hasattr(sys, "last_type"), hasattr(sys, "ps1"))
facts["environ"] = sorted(os.environ.items())
with open("/proc/self/environ", "rb") as file:
    facts["first environ"] = sorted(file.read().split(b"\0"))
facts["cwd"] = os.getcwd()
mask = os.umask(0)
os.umask(mask)
facts["umask"] = mask


def stream(one):
    binary = one.buffer
    raw = getattr(binary, "raw", None)
    return (type(one), one.name, one.mode, one.encoding, one.errors, one.newlines, one.line_buffering, one.write_through,
            one.seekable(), one.readable(), one.writable(), one.isatty(), one.closed, one.fileno(), repr(one),
            type(binary), getattr(binary, "mode", ""), type(raw), getattr(raw, "name", ""), getattr(raw, "closefd", ""))


for name in ("stdin", "stdout", "stderr"):
    facts[name] = stream(getattr(sys, name))
    facts[name + " is the first"] = getattr(sys, name) is getattr(sys, "__%s__" % name)
facts["stdin read"] = (sys.stdin.read(), sys.stdin.buffer.read(), os.read(0, 1), list(sys.stdin))

import gc
facts["gc"] = (gc.isenabled(), gc.get_threshold(), gc.get_debug(), gc.get_freeze_count(), gc.callbacks)
import warnings
facts["warnings"] = (warnings.filters[-5:], [repr(one) for one in warnings.filters], warnings.showwarning.__module__)
import signal
facts["signals"] = [(int(number), repr(signal.getsignal(number)).split(" at ")[0]) for number in sorted(signal.valid_signals())
                    if number < 32]
facts["signal mask"] = sorted(signal.pthread_sigmask(signal.SIG_BLOCK, []))
facts["wakeup"] = signal.set_wakeup_fd(-1)
with open("/proc/self/status") as file:
    facts["signals of the system"] = [line for line in file if line.startswith("Sig") and not line.startswith("SigQ")]
import threading
facts["threads"] = [(one.name, one.daemon, one.ident == threading.main_thread().ident) for one in threading.enumerate()]
with open("/proc/self/status") as file:
    facts["threads of the system"] = [line for line in file if line.startswith("Threads")]
import locale
facts["locale"] = (locale.getpreferredencoding(False), locale.setlocale(locale.LC_ALL))
import faulthandler
facts["faulthandler"] = faulthandler.is_enabled()
import logging
facts["logging"] = (logging.root.level, logging.root.handlers, logging.getLevelName(logging.root.getEffectiveLevel()))
import resource
facts["limits"] = [resource.getrlimit(one) for one in (resource.RLIMIT_NOFILE, resource.RLIMIT_CORE, resource.RLIMIT_STACK)]
facts["process"] = (os.getpgid(0) == os.getpgid(os.getppid()), os.getsid(0) == os.getsid(os.getppid()), os.nice(0))

import inspect
import linecache
import pickle
import subprocess
import traceback


class Thing:
    """A class."""

    def __init__(self, value):
        self.value = value

    def __eq__(self, other):
        return (type(self), self.value) == (type(other), other.value)


def failing(depth):
    if depth:
        return failing(depth - 1)
    raise ValueError("déjà vu")


facts["pickle"] = (pickle.loads(pickle.dumps(Thing(3))) == Thing(3), pickle.dumps(failing), Thing.__module__, repr(Thing))
facts["source"] = (inspect.getsource(Thing), inspect.getsource(failing), inspect.getsourcefile(Thing), inspect.getfile(failing),
                   inspect.getmodule(failing) is sys.modules["__main__"], inspect.getdoc(Thing))
facts["line cache"] = (linecache.getline(__file__, 1), __loader__.get_source("__main__") == "".join(linecache.getlines(__file__)))
try:
    failing(2)
except ValueError:
    facts["traceback"] = traceback.format_exc()
facts["stack"] = ["%s %s" % (frame.filename, frame.name) for frame in traceback.extract_stack()]
with open("/proc/self/cmdline", "rb") as file:
    facts["command line"] = file.read().split(b"\0")
facts["child"] = subprocess.run([sys.executable, "-c", "import os; print(os.listdir('/proc/self/fd'), os.readlink('/proc/self/fd/0'))"],
                                stdout=subprocess.PIPE, check=True).stdout
facts["hash"] = hash("text") if os.environ.get("PYTHONHASHSEED") else 0

import helper
import vendor
facts["modules of others"] = (helper.__file__, helper.__name__, helper.SEEN, vendor.__file__, vendor.SEEN, vendor.__spec__.origin)
facts["modules"] = sorted(sys.modules)
facts["names"] = sorted(globals())
for name, value in facts.items():
    sys.stdout.buffer.write(("%s\t%r\n" % (name, value)).encode("utf-8", "backslashreplace"))
sys.stdout.flush()
warnings.warn("at the module's level")
warnings.warn("a deprecation", DeprecationWarning)
vendor.warn()


def warned():
    warnings.warn("from a function", UserWarning, stacklevel=2)


warned()
