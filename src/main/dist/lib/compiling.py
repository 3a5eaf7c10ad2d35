"""Compiles Python source without running it, and words what is wrong. Used by inspector.py and runner.py.

The answers are those of inspector.py's protocol. Imports nothing that an interpreter has not imported when it starts, since
the runner is to become an agent that has imported nothing yet.
"""
import os

LARGEST = 8 << 20
"""In bytes. A syntax tree takes a hundred times the room of the source."""
FILE_TYPE, REGULAR = 0o170000, 0o100000
"""As in the module stat."""


class Refused(Exception):
    """A file is not looked into; the text says why."""


def encoded(text):
    try:
        return text.encode("utf-8", "surrogateescape").hex()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").hex()


def read(path):
    """The bytes of a regular file; waits for no writer of a pipe."""
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with open(handle, "rb") as file:
        status = os.fstat(handle)
        if not status.st_mode & FILE_TYPE == REGULAR:
            raise Refused("not a regular file")
        if status.st_size > LARGEST:
            raise Refused("larger than %d MB" % (LARGEST >> 20))
        return file.read(LARGEST)


def answer(work, path):
    """What work says of a file, or why it says nothing."""
    try:
        return work(path)
    except (FileNotFoundError, NotADirectoryError):
        return "GONE"
    except Refused as e:
        return "FAILED " + encoded(str(e))
    except OSError as e:
        return "FAILED " + encoded("cannot be read: %s" % e.strerror)
    except Exception as e:
        return "FAILED " + encoded("%s: %s" % (type(e).__name__, e))


def source_check(path, compiled=None):
    """Whether a file can be compiled. By compiled(source, file), when that is given."""
    source = read(path)
    compiled = compiled or compiled_code
    return problem(0, source, lambda: compiled(source, os.fsdecode(path))) or "OK"


def compiled_code(source, file):
    return compile(source, file, "exec", 0, True)


class Codes:
    """What was compiled: the same bytes of a file are compiled once, however often they are asked for."""
    MOST = 64

    def __init__(self, silence):
        """silence() keeps warnings to itself until restore() is called. Code with warnings is compiled again by whoever shows them."""
        self.silence = silence
        self.kept = {}

    def of(self, source, file):
        code = self.known(source, file)
        if code is None:
            stderr = self.silence()
            try:
                code = compiled_code(source, file)
            finally:
                stderr.restore()
            if not stderr.texts and len(self.kept) < self.MOST:
                self.kept[file] = source, code
        return code

    def known(self, source, file):
        kept, code = self.kept.get(file, (None, None))
        return code if kept == source else None


def problem(cell, source, compiled):
    """What keeps source from being compiled, as an answer; None when nothing does."""
    try:
        compiled()
    except SyntaxError as e:
        return syntax_error(cell, source, e)
    except (ValueError, RecursionError, MemoryError, OverflowError) as e:
        line = source.count(b"\n", 0, source.index(b"\0")) + 1 if b"\0" in source else 1
        name = "SyntaxError" if isinstance(e, ValueError) else type(e).__name__
        return answer_error(cell, line, 0, 0, "%s: %s" % (name, str(e) or "the source is too deeply nested"), "")
    return None


def syntax_error(cell, source, e):
    line, column, end = e.lineno or 0, e.offset or 0, 0
    if getattr(e, "end_lineno", None) == e.lineno:
        end = e.end_offset or 0
    lines = source.splitlines() if line <= 1 and b"\0" not in source else source.split(b"\n")
    within = (e.text or "").strip()
    if e.filename == "<fstring>" or within.startswith("(") and not at(lines, line).strip().startswith(b"("):
        # Before 3.12, positions within an f-string are those of its expression: "(a b)" for f"{a b}".
        line, column, end = line_with(lines, within.strip("()"), line), 0, 0
    if line <= 0:
        line = undecodable(lines)
    text = at(lines, line).decode("utf-8", "replace").lstrip("\ufeff")
    return answer_error(cell, line, column, end, "%s: %s" % (type(e).__name__, e.msg), text)


def at(lines, number):
    return lines[number - 1].rstrip(b"\r\n") if 0 < number <= len(lines) else b""


def line_with(lines, text, otherwise):
    wanted = text.encode("utf-8", "replace")
    for number, line in enumerate(lines, 1):
        if wanted and wanted in line and b"{" in line:
            return number
    return otherwise


def undecodable(lines):
    """The first line that is not UTF-8; Python does not always name it."""
    for number, line in enumerate(lines, 1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            return number
    return 1


def answer_error(cell, line, column, end, message, text):
    return "ERROR %d %d %d %d %s %s" % (cell, line, max(column, 0), max(end, 0), encoded(message), encoded(text[:1000]))
