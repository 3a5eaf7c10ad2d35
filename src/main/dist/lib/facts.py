"""What a Python source says about imports: read, never run.

of() gives words, each a TAG and values with commas between; LINE counts from 1, through all code cells of a notebook.

    i,LINE,LEVEL,MODULE,NAME..    import MODULE, or from MODULE import NAME.. with LEVEL leading dots
    p,LINE,LEVEL,MODULE           some module below MODULE
    s,LINE,FRONT,PATH             added to sys.path; a relative PATH is relative to the agent's working directory
    c,LINE,SOURCE                 imports what cannot be known
    e,NAME                        of a literal __all__; * for a computed one
    b                             it cannot be parsed

Statements are always read; expressions only when a word in the text could make one of them an import.
eval() is not taken for a computed import: it takes an expression, and is used for calculations nearly always.
"""
import ast
import os
import re

MOST = 20000
"""Facts of one file; who has more gets a computed import."""
DEEP = re.compile(
    rb"\b(?:import_module|__import__|importlib|runpy|exec|imp|__path__|pkgutil|meta_path|path_hooks|addsitedir|pkg_resources"
    rb"|entry_points)\b"
    rb"|['\"][A-Za-z_][\w.]*:[A-Za-z_][\w.]*['\"]|['\"]-m['\"]")
SEARCH_PATH = re.compile(rb"\bsys\b"), re.compile(rb"\bpath\b")
REFERENCE = re.compile(r"([^\W\d]\w*(?:\.[^\W\d]\w*)*):[^\W\d]\w*(?:\.[^\W\d]\w*)*\Z")
BLOCKS = ("body", "handlers", "orelse", "finalbody", "cases")

IMPORTERS = {"importlib.import_module", "__import__", "builtins.__import__", "importlib.__import__"}
COMPUTED = {
    "runpy.run_path", "importlib.util.spec_from_file_location", "importlib.util.module_from_spec",
    "importlib.machinery.SourceFileLoader", "importlib.machinery.SourcelessFileLoader",
    "importlib.machinery.ExtensionFileLoader", "importlib.machinery.FileFinder", "importlib.abc.SourceLoader",
    "imp.load_source", "imp.load_module", "imp.load_package", "imp.load_compiled", "imp.load_dynamic", "imp.find_module",
    "pkgutil.extend_path", "pkgutil.walk_packages", "importlib.metadata.entry_points", "pkg_resources.iter_entry_points",
    "pkg_resources.load_entry_point", "sys.path_hooks.append", "sys.path_hooks.insert", "sys.path_hooks.extend",
    "sys.meta_path.append", "sys.meta_path.insert", "sys.meta_path.extend"}
BY_NAME = {"runpy.run_module", "importlib.util.find_spec", "pkgutil.resolve_name", "pkgutil.find_loader", "pkgutil.get_loader"}
ESCAPING = IMPORTERS | COMPUTED | {"runpy.run_module"}
PATH_CALLS = {"sys.path.append", "sys.path.insert", "sys.path.extend", "site.addsitedir"}
SAME_PLACE = {"os.path.abspath", "os.path.normpath", "os.fspath", "str", "pathlib.Path", "pathlib.PurePath",
              "pathlib.PosixPath", "os.path.normcase", "os.fsdecode"}
CONSTANTS = {"os.pardir": "..", "os.path.pardir": "..", "os.curdir": ".", "os.path.curdir": ".", "os.sep": "/",
             "os.path.sep": "/"}
PACKAGE = object()
"""Stands for the file's own package in a text that begins with it."""


def of(source, file, encoded):
    try:
        tree = compile(source, file, "exec", ast.PyCF_ONLY_AST, True)
    except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError):
        return ["b"]
    reader = Reader(source, file)
    try:
        reader.read(tree)
    except RecursionError:
        reader.computed.append((1, "expressions too deep to be read"))
    return reader.words(encoded)


class Reader:
    def __init__(self, source, file):
        self.source = source
        self.file = file
        self.lines = None
        self.imports, self.prefixes, self.paths, self.computed, self.exports = [], [], [], [], []
        self.aliases = {}
        self.constants = {}
        self.known = set()
        self.calls = {}
        self.depth = 0

    def words(self, encoded):
        """In the order of the lines, whatever was found first."""
        words = []
        for line, level, module, names in sorted(self.imports, key=lambda one: one[0])[:MOST]:
            words.append(",".join(["i", str(line), str(level), encoded(module)] + [encoded(name) for name in names[:MOST]]))
        words += ["p,%d,%d,%s" % (line, level, encoded(module)) for line, level, module in self.prefixes[:MOST]]
        words += ["s,%d,%d,%s" % (line, front, encoded(path)) for line, path, front in self.paths[:MOST]]
        words += ["c,%d,%s" % (line, encoded(what)) for line, what in self.computed[:MOST]]
        words += ["e," + encoded(name) for name in self.exports[:MOST]]
        if max(map(len, (self.imports, self.prefixes, self.paths, self.computed, self.exports))) > MOST:
            words.append("c,1," + encoded("more than %d imports" % MOST))
        return words

    def read(self, tree):
        for node in walk(tree, False):
            kind = type(node)
            if kind is ast.Import:
                self.plain_import(node)
            elif kind is ast.ImportFrom:
                self.from_import(node)
            elif kind in (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Expr):
                self.export(node)
        if DEEP.search(self.source) or all(word.search(self.source) for word in SEARCH_PATH):
            nodes = list(walk(tree, True))
            self.find_constants(tree, nodes)
            for node in nodes:
                visit = VISITORS.get(type(node))
                if visit:
                    visit(self, node)

    # Statements

    def plain_import(self, node):
        for alias in node.names:
            self.imports.append((node.lineno, 0, alias.name, []))
            if alias.asname:
                self.aliases[alias.asname] = alias.name

    def from_import(self, node):
        if node.module == "__future__":
            return
        self.imports.append((node.lineno, node.level, node.module or "", [alias.name for alias in node.names]))
        if node.level == 0:
            for alias in node.names:
                self.aliases[alias.asname or alias.name] = "%s.%s" % (node.module, alias.name)

    def export(self, node):
        """Reads __all__ in its forms."""
        value = getattr(node, "value", None)
        if type(node) is ast.Expr:
            call = value if type(value) is ast.Call and type(value.func) is ast.Attribute else None
            if call is None or not is_name(call.func.value, "__all__") or call.func.attr not in ("append", "extend"):
                return
            value = ast.List(elts=call.args) if call.func.attr == "append" else (call.args or [None])[0]
        else:
            targets = node.targets if type(node) is ast.Assign else [node.target]
            if value is None or not any(is_name(target, "__all__") for target in targets):
                return
        names = self.names(value)
        self.exports += ["*"] if names is None else names

    def names(self, node):
        if type(node) is ast.BinOp and type(node.op) is ast.Add:
            left, right = self.names(node.left), self.names(node.right)
            return None if left is None or right is None else left + right
        if type(node) not in (ast.List, ast.Tuple):
            return None
        values = [one.value if type(one) is ast.Constant else None for one in node.elts]
        return values if all(isinstance(value, str) for value in values) else None

    # Names and values

    def find_constants(self, tree, nodes):
        """Names of the module that are assigned exactly once, anywhere in the file; and other names for functions."""
        stored = {}
        for node in nodes:
            kind = type(node)
            name = node.id if kind is ast.Name and type(node.ctx) is not ast.Load else node.arg if kind is ast.arg \
                else getattr(node, "name", None)
            if isinstance(name, str):
                stored[name] = stored.get(name, 0) + 1
        for node in walk(tree, False):
            target = node.targets[0] if type(node) is ast.Assign and len(node.targets) == 1 \
                else node.target if type(node) is ast.AnnAssign and node.value is not None else None
            if type(target) is ast.Name and stored.get(target.id) == 1 and target.id not in self.aliases:
                dotted = self.dotted(node.value)
                if dotted in ESCAPING or dotted == "sys.path":
                    self.aliases[target.id] = dotted
                    self.known.add(node.value)
                elif node in tree.body:
                    self.constants[target.id] = node.value
        for name in [name for name in self.aliases if stored.get(name) and name in self.constants]:
            del self.constants[name]

    def dotted(self, node):
        """os.path.join, whatever the file calls it; empty for what is no name."""
        parts = []
        while type(node) is ast.Attribute:
            parts.append(node.attr)
            node = node.value
        if type(node) is not ast.Name:
            return ""
        parts.append(self.aliases.get(node.id, node.id))
        return ".".join(reversed(parts))

    def text(self, node):
        """A string as a list of what is known of it, PACKAGE for our own package, None for what is not known."""
        self.depth += 1
        try:
            parts = self.text_of(node) if self.depth < 50 else [None]
        finally:
            self.depth -= 1
        joined = []
        for part in parts:
            if isinstance(part, str) and joined and isinstance(joined[-1], str):
                joined[-1] += part
            elif part != "":
                joined.append(part)
        return joined

    def text_of(self, node):
        kind = type(node)
        if kind is ast.Constant:
            return [node.value] if isinstance(node.value, str) else [None]
        if kind is ast.Name and node.id in self.constants:
            return self.text(self.constants[node.id])
        if kind is ast.Name and node.id == "__name__":
            return [PACKAGE if os.path.basename(self.file) == "__init__.py" else None]
        if kind is ast.Name and node.id == "__package__" or self.dotted(node) == "__spec__.parent":
            return [PACKAGE]
        if kind is ast.JoinedStr:
            return [part for one in node.values for part in self.text(one)]
        if kind is ast.FormattedValue and node.format_spec is None and node.conversion in (-1, 115):
            return self.text(node.value)
        if kind is ast.BinOp and type(node.op) is ast.Add:
            return self.text(node.left) + self.text(node.right)
        if kind is ast.BinOp and type(node.op) is ast.Mod:
            values = node.right.elts if type(node.right) is ast.Tuple else [node.right]
            return self.filled(self.text(node.left), "%s", "%", values)
        if kind is ast.Call and type(node.func) is ast.Attribute and node.func.attr == "format":
            return self.filled(self.text(node.func.value), "{}", "{", node.args)
        if kind is ast.Call and type(node.func) is ast.Attribute and node.func.attr == "join" and len(node.args) == 1:
            between = self.text(node.func.value)
            if type(node.args[0]) in (ast.List, ast.Tuple) and len(between) == 1:
                parts = [part for one in node.args[0].elts for part in between + self.text(one)]
                return parts[1:]
        if kind is ast.Call and self.dotted(node.func) == "str" and len(node.args) == 1:
            return self.text(node.args[0])
        return [None]

    def filled(self, template, mark, begin, values):
        if len(template) != 1 or not isinstance(template[0], str):
            return [None]
        pieces = template[0].split(mark)
        if any(begin in piece for piece in pieces) or len(pieces) != len(values) + 1:
            return [template[0].split(begin)[0], None]
        parts = [pieces[0]]
        for value, piece in zip(values, pieces[1:]):
            parts += self.text(value) + [piece]
        return parts

    def place(self, node):
        """A path; None when it is not known. Relative ones are relative to the working directory."""
        self.depth += 1
        try:
            return self.place_of(node) if self.depth < 50 else None
        finally:
            self.depth -= 1

    def place_of(self, node):
        kind = type(node)
        if kind is ast.Constant:
            return node.value if isinstance(node.value, str) else None
        if kind is ast.Name and node.id == "__file__":
            return self.file
        if kind is ast.Name and node.id in self.constants:
            return self.place(self.constants[node.id])
        if kind is ast.Attribute and node.attr == "parent":
            return above(self.place(node.value))
        if kind is ast.Subscript:
            return self.one_of(node)
        if kind is ast.JoinedStr:
            return joined([self.place(one) for one in node.values], "".join)
        if kind is ast.FormattedValue and node.format_spec is None:
            return self.place(node.value)
        if kind is ast.BinOp and type(node.op) in (ast.Div, ast.Add):
            join = "".join if type(node.op) is ast.Add else lambda parts: os.path.join(*parts)
            return joined([self.place(node.left), self.place(node.right)], join)
        if kind is ast.Call:
            return self.called_place(node)
        return CONSTANTS.get(self.dotted(node))

    def one_of(self, node):
        """X.parents[N] and os.path.split(X)[0]"""
        index = getattr(node.slice, "value", node.slice)  # an Index before 3.9
        index = index.value if type(index) is ast.Constant else index
        if type(node.value) is ast.Attribute and node.value.attr == "parents" and type(index) is int and index >= 0:
            path = self.place(node.value.value)
            for _ in range(min(index + 1, 100)):
                path = above(path)
            return path
        if type(node.value) is ast.Call and self.dotted(node.value.func) == "os.path.split" and index == 0:
            return above(self.place(node.value.args[0])) if node.value.args else None
        return None

    def called_place(self, node):
        name = self.dotted(node.func)
        if name in ("os.getcwd", "pathlib.Path.cwd") or name == "pathlib.Path" and not node.args:
            return "."
        if name == "pathlib.Path.home":
            return os.path.expanduser("~")
        if any(keyword.arg != "strict" for keyword in node.keywords):
            return None
        arguments = [self.place(one) for one in node.args]
        if name == "os.path.join" or name in SAME_PLACE and arguments:
            return joined(arguments, lambda parts: os.path.join(*parts))
        if len(arguments) == 1 and arguments[0] is not None:
            if name == "os.path.dirname":
                return above(arguments[0])
            if name == "os.path.realpath":
                return resolved(arguments[0])
            if name == "os.path.expanduser":
                return os.path.expanduser(arguments[0])
        return self.method_place(node, arguments) if type(node.func) is ast.Attribute else None

    def method_place(self, node, arguments):
        method = node.func.attr
        if method not in ("resolve", "absolute", "expanduser", "as_posix", "joinpath", "__str__"):
            return None
        base = self.place(node.func.value)
        if base is None:
            return None
        if method == "joinpath":
            return joined([base] + arguments, lambda parts: os.path.join(*parts))
        return resolved(base) if method == "resolve" else os.path.expanduser(base) if method == "expanduser" else base

    # Expressions

    def visit_call(self, node):
        name = self.dotted(node.func)
        self.known.add(node.func)
        if name in IMPORTERS:
            self.import_call(node, name)
        elif name in BY_NAME:
            self.named(node, [], "pkgutil.resolve_name" == name, name == "runpy.run_module")
        elif name in COMPUTED:
            self.compute(node)
        elif name in PATH_CALLS:
            self.path_call(node, name)
        elif name in ("exec", "builtins.exec"):
            self.execute(node)
        elif name == "getattr" and node.args and self.dotted(node.args[0]) in ("importlib", "builtins", "runpy"):
            self.compute(node)
        elif type(node.func) is ast.Attribute and node.func.attr in ("append", "extend", "insert") and is_path(node.func.value):
            self.compute(node)

    def import_call(self, node, name):
        given = {keyword.arg: keyword.value for keyword in node.keywords}
        if None in given or any(type(one) is ast.Starred for one in node.args):
            self.compute(node)
        elif name == "importlib.import_module":
            package = node.args[1] if len(node.args) > 1 else given.get("package")
            self.named(node, [package] if package is not None else [])
        else:
            self.dunder_import(node, given)

    def dunder_import(self, node, given):
        keys = ("name", "globals", "locals", "fromlist", "level")
        given.update(zip(keys, node.args))
        name = self.text(given["name"]) if "name" in given else [None]
        level = given["level"].value if type(given.get("level")) is ast.Constant else 0 if "level" not in given else None
        names = self.names(given["fromlist"]) if "fromlist" in given and type(given["fromlist"]) is not ast.Constant else []
        if type(level) is not int or level < 0:
            self.compute(node)
        elif len(name) <= 1 and isinstance("".join(map(str, name)), str) and all(isinstance(part, str) for part in name):
            self.imports.append((node.lineno, level, "".join(name), ["*"] if names is None else names))
            if names is None:
                self.prefixes.append((node.lineno, level, "".join(name)))
        elif level == 0:
            self.by_text(node, name, [])
        else:
            self.compute(node)

    def named(self, node, package, reference=False, main=False):
        """A call whose first argument names a module."""
        argument = node.args[0] if node.args else next(
            (one.value for one in node.keywords if one.arg in ("name", "mod_name", "fullname")), None)
        if argument is None:
            self.compute(node)
            return
        parts = self.text(argument)
        if reference and len(parts) == 1 and isinstance(parts[0], str):
            parts = [parts[0].partition(":")[0]]
        if main and len(parts) == 1 and isinstance(parts[0], str):
            self.imports.append((node.lineno, 0, parts[0], ["__main__"]))
        else:
            self.by_text(node, parts, package)

    def by_text(self, node, parts, package):
        level = 0
        if parts and parts[0] is PACKAGE and (len(parts) == 1 or isinstance(parts[1], str) and parts[1].startswith(".")):
            level, parts = 1, [parts[1][1:]] + parts[2:] if len(parts) > 1 else [""]
        elif parts and isinstance(parts[0], str) and parts[0].startswith("."):
            module = parts[0].lstrip(".")
            level, parts = len(parts[0]) - len(module), [module] + parts[1:]
            base = self.text(package[0]) if package else []
            if len(base) == 1 and isinstance(base[0], str) and level <= len(base[0].split(".")):
                kept = base[0].split(".")[:len(base[0].split(".")) - level + 1]
                level, parts = 0, [".".join(kept) + "." + module] + parts[1:]
            elif base != [PACKAGE] and not (package and is_name(package[0], "__name__")):
                self.compute(node)
                return
        if not parts or not isinstance(parts[0], str) or any(part is PACKAGE for part in parts):
            self.compute(node)
        elif len(parts) == 1:
            self.known_module(node.lineno, level, parts[0])
        elif "." in parts[0] or level:
            self.prefixes.append((node.lineno, level, parts[0].rpartition(".")[0]))
        else:
            self.compute(node)

    def known_module(self, line, level, module):
        """import .a.b does not exist; from .a import b means the same."""
        package, _, name = module.rpartition(".")
        self.imports.append((line, level, package, [name] if name else []) if level else (line, 0, module, []))

    def execute(self, node):
        parts = self.text(node.args[0]) if node.args else [None]
        if len(parts) != 1 or not isinstance(parts[0], str):
            self.compute(node)
            return
        try:
            tree = compile(parts[0], self.file, "exec", ast.PyCF_ONLY_AST, True)
        except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError):
            return
        inner = Reader(parts[0].encode("utf-8", "replace"), self.file)
        if "exec" in parts[0]:
            self.compute(node)
        else:
            inner.read(tree)
            self.imports += [(node.lineno,) + one[1:] for one in inner.imports]
            self.prefixes += [(node.lineno,) + one[1:] for one in inner.prefixes]
            self.paths += [(node.lineno,) + one[1:] for one in inner.paths]
            self.computed += [(node.lineno,) + one[1:] for one in inner.computed]

    def compute(self, node):
        if self.lines is None:
            self.lines = self.source.split(b"\n")
        text = b""
        if 0 < node.lineno <= len(self.lines):
            end = node.end_col_offset if node.end_lineno == node.lineno else None
            text = self.lines[node.lineno - 1][node.col_offset:end]
            text += b"" if end is not None else b" ..."
        shown = " ".join(text.decode("utf-8", "replace").split())
        self.computed.append((node.lineno, shown if len(shown) <= 60 else shown[:57] + "..."))

    # sys.path

    def path_call(self, node, name):
        at = 1 if name == "sys.path.insert" else 0
        if len(node.args) <= at:
            self.compute(node)
        elif name == "sys.path.extend":
            self.add_all(node, node.args[0], False)
        else:
            self.add(node, node.args[at], at == 1)

    def add(self, node, value, front):
        path = self.place(value)
        if path is None or "\0" in path:
            self.compute(node)
        else:
            self.paths.append((node.lineno, os.path.normpath(path), front))

    def add_all(self, node, value, front):
        if type(value) in (ast.List, ast.Tuple):
            for one in value.elts:
                if type(one) is ast.Starred and self.dotted(one.value) == "sys.path":
                    front = False
                else:
                    self.add(node, one, front)
        elif type(value) is ast.BinOp and type(value.op) is ast.Add:
            self.add_all(node, value.left, front)
            self.add_all(node, value.right, False)
        elif self.dotted(value) != "sys.path" and not (
                type(value) is ast.Call and self.dotted(value.func) == "list" and self.dotted(value.args[0]) == "sys.path"):
            self.compute(node)

    def visit_assign(self, node):
        for target in node.targets if type(node) is ast.Assign else [node.target]:
            place = target.value if type(target) is ast.Subscript else target
            name = self.dotted(place)
            if name == "sys.path" and type(target) is ast.Subscript and type(target.slice) is not ast.Slice:
                self.add(node, node.value, True)
            elif name == "sys.path" and type(place) in (ast.Attribute, ast.Name) and node.value not in self.known:
                self.add_all(node, node.value, type(node) is ast.Assign)
            elif name in ("sys.meta_path", "sys.path_hooks") or is_path(place) and not is_empty(node.value):
                self.compute(node)

    def visit_name(self, node):
        """An importing function that is passed on is called by somebody else, with who knows what."""
        if node not in self.known and type(node.ctx) is ast.Load and self.dotted(node) in ESCAPING:
            self.compute(node)

    def visit_constant(self, node):
        reference = REFERENCE.match(node.value) if isinstance(node.value, str) and len(node.value) < 300 else None
        if reference:
            self.imports.append((node.lineno, 0, reference.group(1), []))

    def visit_sequence(self, node):
        """python -m MODULE, as a list of words."""
        for option, module in zip(node.elts, node.elts[1:]):
            if type(option) is ast.Constant and option.value == "-m" and type(module) is ast.Constant \
                    and isinstance(module.value, str) and module.value.replace(".", "").isidentifier():
                self.imports.append((node.lineno, 0, module.value, ["__main__"]))


VISITORS = {ast.Call: Reader.visit_call, ast.Assign: Reader.visit_assign, ast.AugAssign: Reader.visit_assign,
            ast.Attribute: Reader.visit_name, ast.Name: Reader.visit_name, ast.Constant: Reader.visit_constant,
            ast.List: Reader.visit_sequence, ast.Tuple: Reader.visit_sequence}


def walk(tree, deep):
    """All nodes that can be run, parents first, in the order of the file; without expressions unless deep."""
    stack = [tree]
    while stack:
        node = stack.pop()
        yield node
        if type(node) is ast.If:
            checkers = for_type_checkers(node.test)
            below = [] if checkers is True else list(node.body)
            below += [] if checkers is False else node.orelse
            below = ([node.test] if deep else []) + below
        elif deep:
            below = list(ast.iter_child_nodes(node))
        else:
            below = [one for block in BLOCKS for one in getattr(node, block, ()) or ()] \
                if not isinstance(node, ast.expr) else []
        stack.extend(reversed(below))


def for_type_checkers(test):
    """True when the body is never run, False when the alternative isn't, None when both may be."""
    if type(test) is ast.UnaryOp and type(test.op) is ast.Not:
        return False if for_type_checkers(test.operand) is True else None
    if type(test) is ast.BoolOp and type(test.op) is ast.And:
        return True if any(for_type_checkers(one) is True for one in test.values) else None
    name = test.id if type(test) is ast.Name else test.attr if type(test) is ast.Attribute else ""
    return True if name == "TYPE_CHECKING" else None


def is_name(node, name):
    return type(node) is ast.Name and node.id == name


def is_path(node):
    return is_name(node, "__path__") or type(node) is ast.Attribute and node.attr == "__path__"


def is_empty(node):
    return type(node) is ast.List and not node.elts


def joined(parts, join):
    return None if not parts or any(part is None for part in parts) else join(parts)


def above(path):
    """The folder that holds it; of a working directory, as it is not known here, two dots."""
    if path is None:
        return None
    plain = os.path.normpath(path) if path else "."
    if plain.split("/")[-1] in (".", ".."):
        return os.path.normpath(os.path.join(plain, ".."))
    return os.path.dirname(path.rstrip("/")) or "."


def resolved(path):
    return os.path.realpath(path) if os.path.isabs(path) else path
