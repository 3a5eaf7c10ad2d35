"""Turns the interpreter that waits into the agent. Used by runner.py; imports nothing, as that.

The agent gets what `python AGENT` gives it: argv, sys.path, a __main__ of its own that stays in sys.modules, tracebacks without
us, and of its end what Python does then. What cannot be the same: our frames below the first one of the agent, which a walk over
all frames sees and a warning whose stacklevel leads past the agent names; the command line as the system shows it; that modules which
are preloaded are not looked through for garbage.
"""
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
WAITING, RUNNING, OVER = range(3)
UNHELD = 5
"""References to a module that only sys.modules and we know, and to its names: theirs, ours, and those of who counts them."""


class Stderr:
    """Keeps the warnings of a compilation until it is known who shows them."""

    def __init__(self):
        self.texts = []
        self.real, sys.stderr = sys.stderr, self

    def write(self, text):
        self.texts.append(text)

    def flush(self):
        pass

    def restore(self):
        sys.stderr = self.real


class Agent:
    """What is to run. From now on the process looks as if it had been named on the command line."""

    def __init__(self, argv, first_names):
        self.argv = argv
        self.path = absolute(argv[0])
        self.phase = WAITING
        runner = sys.argv[0]
        sys.argv[:] = argv
        if hasattr(sys, "orig_argv"):
            sys.orig_argv[:] = sys.orig_argv[:1] + argv
        if not sys.flags.isolated and not getattr(sys.flags, "safe_path", False):
            sys.path[0] = os.path.dirname(os.path.realpath(argv[0]))
        if sys.path_importer_cache.pop(runner, True) is None:
            sys.path_importer_cache[self.path] = None
        self.module = main_module(self.path, first_names)

    def put_aside(self, first_names):
        """
        Takes what is preloaded out of the search for garbage. At the end of a process with a web framework that search takes half a
        second in which its port is dead, and finds nothing: modules are referred to until then. What is the agent's own is searched,
        so its module is made anew; if somebody holds the one that is there, all stays as it is.
        """
        aliases = [name for name, module in list(sys.modules.items()) if module is self.module and name != "__main__"]
        held = sys.getrefcount(self.module) + sys.getrefcount(self.module.__dict__) - len(aliases)
        if held > UNHELD:
            return
        new = "gc" not in sys.modules
        __import__("gc").freeze()
        if new:
            del sys.modules["gc"]
        self.module = main_module(self.path, first_names)
        for name in aliases:  # multiprocessing has one
            sys.modules[name] = self.module

    def end_on_terminate(self):
        """By default SIGTERM ends Python at once, without atexit. So it still does while we wait, and in a forked child, which is
        not to do what its parent has registered."""
        signals = sys.modules["_signal"] if "_signal" in sys.modules else __import__("_signal")

        def end(number, frame):
            if self.phase == WAITING:
                forget()
                os.kill(os.getpid(), number)
            if self.phase == OVER:
                leave(128 + number)
            raise SystemExit(128 + number)

        def forget():
            if signals.getsignal(signals.SIGTERM) is end:
                signals.signal(signals.SIGTERM, signals.SIG_DFL)
        if signals.getsignal(signals.SIGTERM) == signals.SIG_DFL:
            signals.signal(signals.SIGTERM, end)
            os.register_at_fork(after_in_child=forget)

    def run(self, code):
        self.phase = RUNNING
        try:
            exec(code, self.module.__dict__)
        except SystemExit:
            raise
        except BaseException:
            self.show_without_us()
            raise
        self.over()

    def code(self, known):
        """
        What cannot be compiled is run cold: then Python says what it has to say of it, in its own words.
        known(source, file) is its code, if it was compiled before.
        """
        stderr = Stderr()
        try:
            with open(self.path, "rb") as file:
                source = file.read()
            code = known(source, self.path) or compile(source, self.path, "exec", 0, True)
        except Exception:
            run_cold(self.argv)
        finally:
            stderr.restore()
        if stderr.texts and stderr.real is not None:
            stderr.real.write("".join(stderr.texts))
        return code

    def over(self):
        """Python takes these names away when the last line has run; threads and atexit may live longer."""
        self.phase = OVER
        self.module.__dict__.pop("__file__", None)
        self.module.__dict__.pop("__cached__", None)

    def show_without_us(self):
        """Shows what is about to end the program from the agent's first frame on, by whatever hook is in force."""
        hook = getattr(sys, "excepthook", None)

        def show(kind, error, trace):
            sys.excepthook = hook
            trace = error.__traceback__ = sys.last_traceback = stripped(trace)
            try:
                if hook is None:
                    del sys.excepthook
                    show_as_python(kind, error, trace, "sys.excepthook is missing\n")
                else:
                    hook(kind, error, trace)
            except Exception as e:
                e.__traceback__ = stripped(e.__traceback__)
                show_as_python(type(e), e, e.__traceback__, "Error in sys.excepthook:\n")
                show_as_python(kind, error, trace, "\nOriginal exception was:\n")
            self.over()
        sys.excepthook = show


def absolute(agent):
    """The file as Python names it; since 3.9 from the root on."""
    return os.path.join(os.getcwd(), agent) if sys.version_info >= (3, 9) and not os.path.isabs(agent) else agent


def main_module(path, first_names):
    """A fresh __main__; it stays in sys.modules when the last line has run, for threads and for pickle."""
    module = type(sys)("__main__")
    loader = sys.modules["_frozen_importlib_external"].SourceFileLoader("__main__", path)
    module.__dict__.clear()
    module.__dict__.update(first_names, __file__=path, __loader__=loader, __doc__=None)
    if "__annotations__" in module.__dict__:
        module.__dict__["__annotations__"] = {}
    sys.modules["__main__"] = module
    return module


def run_cold(argv):
    """The agent as a program of its own, in this process."""
    os.execv(sys.executable, getattr(sys, "orig_argv", [sys.executable])[:1] + argv)


def stripped(trace):
    while trace is not None and os.path.dirname(trace.tb_frame.f_code.co_filename) == HERE:
        trace = trace.tb_next
    return trace


def show_as_python(kind, error, trace, title):
    sys.stderr.write(title)
    sys.__excepthook__(kind, error, trace)


def leave(code):
    """Threads still run, and nothing but this ends them: what atexit does, and then the end."""
    __import__("atexit")._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:
            pass
    os._exit(code)
