package meshdev.python.fidelity;

import java.util.Arrays;
import java.util.List;

/** How agents end. */
enum Ending {
    LAST_LINE("import atexit, json\natexit.register(print, 'first')\natexit.register(print, 'second')\nprint('é', json)\n"),
    WORDS_WITHOUT_END("import sys\nsys.stdout.write('out')\nsys.stderr.write('err')\n"),
    THREAD_GOES_ON("import atexit, threading, time, pickle\nclass A: pass\ndef work():\n    threading.main_thread().join()\n"
            + "    print(pickle.loads(pickle.dumps(A())).__class__, '__file__' in globals(), __name__)\n"
            + "threading.Thread(target=work).start()\natexit.register(lambda: print('exit', '__file__' in globals()))\n"
            + "print('end')\n"),
    DAEMON_THREAD("import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n"),
    DELETED_LAST("import atexit\nclass A:\n    def __init__(self, n): self.n = n\n    def __del__(self): print('del', self.n)\n"
            + "a = A('a')\n_b = A('_b')\natexit.register(lambda: print('exit', '__file__' in globals(), __name__))\n"),
    EXIT_3("import sys, atexit\natexit.register(lambda: print('exit', '__file__' in globals()))\nsys.exit(3)\n"),
    EXIT_IN_FUNCTION("def f():\n    try:\n        raise SystemExit(300)\n    finally:\n        print('finally')\nf()\n"),
    EXIT_WITH_TEXT("import sys\nsys.exit('a message, déjà vu')\n"),
    EXIT_WITH_NONE("import sys\nsys.exit(None)\n"),
    EXIT_AT_EXIT("import atexit, sys\natexit.register(sys.exit, 5)\n"),
    EXIT_AT_ONCE("import os, sys\nprint('lost', end='')\nsys.stdout.flush()\nprint('unflushed')\nos._exit(4)\n"),
    BUILT_IN_EXIT("exit(6)\n"),
    EXCEPTION("import atexit, sys\ndef bye():\n    t = sys.last_traceback\n    while t:\n"
            + "        print(t.tb_frame.f_code.co_name)\n"
            + "        t = t.tb_next\n    print('__file__' in globals(), sys.last_value.__traceback__ is sys.last_traceback)\n"
            + "    print(sys.excepthook)\natexit.register(bye)\ndef f(x):\n    return 1 / x\nprint('before')\nf(0)\n"),
    EXCEPTION_IN_HELPER("import helper\nhelper.fail()\n"),
    EXCEPTION_WHILE_IMPORTING("import failing\n"),
    NO_SUCH_MODULE("import no_such_module\n"),
    NO_SUCH_NAME("from json import dumpz\n"),
    MISSPELT("number = 3\nprint(numbr)\n"),
    CHAIN("def f():\n    try:\n        {}['a']\n    except KeyError as e:\n        raise ValueError('b') from e\ntry:\n    f()\n"
            + "except ValueError:\n    raise OSError(2, 'gone', 'x')\n"),
    NOTES("e = ValueError('with notes')\ne.add_note('a note')\nraise e\n", 11),
    GROUP("def f():\n    raise ExceptionGroup('many', [ValueError(1), ExceptionGroup('more', [KeyError('a')])])\nf()\n", 11),
    SYNTAX_ERROR("print('never')\ndef f(:\n    pass\n"),
    INDENTATION_ERROR("if True:\nprint(1)\n"),
    RETURN_OUTSIDE("x = 1\nreturn x\n"),
    SYNTAX_ERROR_IN_HELPER("import broken\n"),
    SYNTAX_WARNING("x = 1\nif x is 1:\n    print('\\d')\n"),
    SYNTAX_WARNING_AND_ERROR("x = '\\d'\nif x is 1:\n    pass\nclass\n"),
    OWN_HOOK("import sys, traceback\ndef hook(kind, error, trace):\n"
            + "    print('hook', kind, error, trace is error.__traceback__)\n"
            + "    traceback.print_tb(trace)\n    traceback.print_exception(kind, error, trace)\nsys.excepthook = hook\n1 / 0\n"),
    FAILING_HOOK("import sys\ndef hook(kind, error, trace):\n    raise KeyError('in the hook')\nsys.excepthook = hook\n1 / 0\n"),
    HOOK_THAT_EXITS("import sys\nsys.excepthook = lambda *args: sys.exit(9)\n1 / 0\n"),
    NO_HOOK("import sys\ndel sys.excepthook\n1 / 0\n"),
    THREAD_FAILS("import threading\nt = threading.Thread(target=lambda: 1 / 0, name='worker')\nt.start()\nt.join()\n"),
    INTERRUPTED("import atexit\natexit.register(print, 'exit')\ndef f():\n    raise KeyboardInterrupt\nf()\n"),
    RECURSION("import sys\ndef f(n):\n    f(n + 1)\ntry:\n    f(0)\nexcept RecursionError as e:\n    print(e)\n"),
    GENERATOR_EXIT("raise GeneratorExit('odd')\n"),
    CLOSED_OUTPUT("import sys\nsys.stdout.close()\n"),
    NO_ERROR_STREAM("import sys\nsys.stderr = None\n1 / 0\n"),
    ABORT("import os, resource\nresource.setrlimit(resource.RLIMIT_CORE, (0, 0))\nos.abort()\n"),
    WARNINGS("import warnings, logging\nwarnings.warn('a')\ndef f():\n    warnings.warn('b', stacklevel=2)\nf()\nf()\n"
            + "logging.warning('w')\nlogging.getLogger('x').error('%s', 'e', stack_info=False)\nlogging.lastResort.flush()\n"),
    MAIN_AGAIN("import sys, __main__\nprint(__main__.__dict__ is globals(), sys.modules['__main__'] is __main__)\nimport runpy\n"
            + "print(runpy.__name__)\n"),
    RESTARTS_ITSELF("import os, sys\nif len(sys.argv) == 1:\n    os.execv(sys.executable, [sys.executable, __file__, 'again'])\n"
            + "print(sys.argv)\nsys.exit(7)\n"),
    FORKS("import os, sys, atexit\natexit.register(lambda: print('exit', flush=True))\nprint('x', flush=True)\npid = os.fork()\n"
            + "if pid:\n    os.waitpid(pid, 0)\n    print('parent')\nelse:\n"
            + "    import decimal\n    print('child')\n    sys.exit(1)\n"),
    ODD_SEARCH_PATH("import sys, pathlib\nsys.path[:0] = [pathlib.Path('x'), 'no', 'a\\nb']\nsys.path.append(b'bytes')\n"
            + "import helper, decimal\nprint(helper.__name__, decimal.__name__)\n"),
    NO_BOM("\ufeff# -*- coding: utf-8 -*-\nprint('é')\n"),
    FUTURE("from __future__ import annotations\nx: Undefined = 1\nprint(__annotations__)\n"),
    EMPTY("");

    private final String source;
    private final int since;

    Ending(String source) {
        this(source, 0);
    }

    Ending(String source, int since) {
        this.source = source;
        this.since = since;
    }

    String source() {
        return source;
    }

    /** By the runner; what only the runner's other modes could change is not tried in them. */
    List<Mode> modes() {
        return source.contains("import ") ? List.of(Mode.RECORDED, Mode.PRELOADED) : List.of(Mode.WAITED);
    }

    static List<Ending> of(Interpreter interpreter) {
        return Arrays.stream(values()).filter(one -> interpreter.isAtLeast(one.since)).toList();
    }
}
