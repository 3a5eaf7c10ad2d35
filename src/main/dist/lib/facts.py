"""What a Python source says about imports, read from its syntax tree. Nothing is executed.

of() gives words, each a tag and fields that are separated by commas; numbers are decimal, everything else is hex:

    i,LINE,LEVEL,MODULE[,NAME..]  import MODULE; with names: from MODULE import NAME..; LEVEL is the number of leading dots
    x,LINE,LEVEL,MODULE           imports some module below that package
    p,LINE,f|b,PATH               adds to the search path, in front or behind; a relative PATH is of the working directory
    c,LINE,TEXT                   imports by a name, or from a place, that reading does not tell
    e[,NAME..]                    __all__; * when it is computed
    broken                        cannot be parsed
"""
import ast
import os
import re
import warnings

ENTRY_POINT = re.compile(r"([^\W\d]\w*(?:\.[^\W\d]\w*)*):[^\W\d][\w.]*")
FROM_A_PLACE = {"spec_from_file_location", "SourceFileLoader", "SourcelessFileLoader", "load_source", "run_path", "extend_path"}
SHOWN = 60


class Unknown(Exception):
    """The value of an expression is not in plain sight."""


def of(source, path, encoded):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tree = ast.parse(source, path)
        except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError):
            return ["broken"]
    reader = Reader(source, path, encoded)
    reader.read(tree)
    return reader.words()


def children(node):
    """The parts of a node that run: what is for type checkers only does not."""
    if isinstance(node, ast.If):
        test, negated = node.test, False
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            test, negated = test.operand, True
        if last_name(test) == "TYPE_CHECKING":
            return node.body if negated else node.orelse
    return list(ast.iter_child_nodes(node))


def last_name(node):
    """join for os.path.join, path.join and join; empty for what is no name."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def is_dotted(node):
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name)


class Values:
    """Evaluates what is in plain sight: texts, paths, and names that are assigned once."""

    FUNCTIONS = {
        "join": os.path.join, "dirname": os.path.dirname, "abspath": os.path.normpath, "realpath": os.path.normpath,
        "normpath": os.path.normpath, "expanduser": os.path.expanduser, "str": str, "fspath": str, "Path": os.path.join,
        "PurePath": os.path.join, "PosixPath": os.path.join, "getcwd": lambda: ".", "cwd": lambda: ".", "basename": os.path.basename}
    METHODS = {
        "resolve": os.path.normpath, "absolute": os.path.normpath, "joinpath": os.path.join, "as_posix": str,
        "expanduser": os.path.expanduser, "strip": str.strip, "rstrip": str.rstrip}

    def __init__(self, path, assigned):
        self.path = path
        self.assigned = assigned
        self.looking_up = set()

    def of(self, node):
        kind = getattr(self, "of_" + type(node).__name__, None)
        if kind is None:
            raise Unknown
        return kind(node)

    def of_Constant(self, node):
        if isinstance(node.value, str):
            return node.value
        raise Unknown

    def of_Name(self, node):
        if node.id == "__file__":
            return self.path
        if node.id not in self.assigned or node.id in self.looking_up:
            raise Unknown
        self.looking_up.add(node.id)
        try:
            return self.of(self.assigned[node.id])
        finally:
            self.looking_up.discard(node.id)

    def of_JoinedStr(self, node):
        return "".join(self.of(part) for part in node.values)

    def of_FormattedValue(self, node):
        if node.format_spec is not None or node.conversion not in (-1, ord("s")):
            raise Unknown
        return self.of(node.value)

    def of_BinOp(self, node):
        if isinstance(node.op, ast.Add):
            return self.of(node.left) + self.of(node.right)
        if isinstance(node.op, ast.Div):
            return os.path.join(self.of(node.left), self.of(node.right))
        raise Unknown

    def of_Attribute(self, node):
        if node.attr in ("pardir", "curdir", "sep") and is_dotted(node):
            return getattr(os, node.attr)
        if node.attr == "parent":
            return os.path.dirname(self.of(node.value)) or "."
        raise Unknown

    def of_Subscript(self, node):
        index = getattr(node.slice, "value", None)
        index = getattr(index, "value", index)
        if not (isinstance(node.value, ast.Attribute) and node.value.attr == "parents" and isinstance(index, int)):
            raise Unknown
        path = self.of(node.value.value)
        for _ in range(index + 1):
            path = os.path.dirname(path) or "."
        return path

    def of_Call(self, node):
        name = last_name(node.func)
        if node.keywords and name not in ("resolve", "realpath"):
            raise Unknown
        arguments = [self.of(argument) for argument in node.args]
        if isinstance(node.func, ast.Attribute) and name in self.METHODS:
            try:
                return self.called(self.METHODS[name], [self.of(node.func.value)] + arguments)
            except Unknown:
                if not is_dotted(node.func):
                    raise
        if name in self.FUNCTIONS and is_dotted(node.func):
            return self.called(self.FUNCTIONS[name], arguments)
        raise Unknown

    @staticmethod
    def called(function, arguments):
        try:
            return function(*arguments)
        except (TypeError, ValueError):
            raise Unknown from None


class Reader:
    """Collects the words of one file."""

    def __init__(self, source, path, encoded):
        self.source = source
        self.path = path
        self.encoded = encoded
        self.found = []
        self.exports = None
        self.importers = {"import_module"}
        self.paths = set()
        self.values = Values(path, {})
        self.documentation = set()
        self.starts_here = False
        """Whether the name under examination begins with the own package's."""

    def words(self):
        if self.exports is not None:
            self.found.append(",".join(["e"] + [self.encoded(name) for name in self.exports]))
        return self.found

    def read(self, tree):
        self.values = Values(self.path, assigned_once(tree))
        nodes = [tree]
        while nodes:
            node = nodes.pop()
            visit = getattr(self, "see_" + type(node).__name__, None)
            if visit:
                visit(node)
            nodes.extend(reversed(children(node)))

    def say(self, tag, node, *fields):
        self.found.append(",".join([tag, str(node.lineno)] + list(fields)))

    def imports(self, node, level, module, names=()):
        self.say("i", node, str(level), self.encoded(module), *[self.encoded(name) for name in names])

    def computed(self, node, text=None):
        try:
            text = text or ast.get_source_segment(self.source.decode("utf-8", "replace"), node) or ""
        except Exception:  # a position that the source has not: the line number says enough
            text = ""
        text = text.split("\n")[0].strip()
        self.say("c", node, self.encoded(text if len(text) <= SHOWN else text[:SHOWN - 1] + "\u2026"))

    # --- statements ---

    def see_Import(self, node):
        for alias in node.names:
            self.imports(node, 0, alias.name)

    def see_ImportFrom(self, node):
        self.imports(node, node.level, node.module or "", [alias.name for alias in node.names])
        for alias in node.names:
            if alias.name == "import_module" and node.module == "importlib":
                self.importers.add(alias.asname or alias.name)
            if alias.name == "path" and node.module == "sys":
                self.paths.add(alias.asname or alias.name)

    def see_Module(self, node):
        self.documentation.update(id(statement.value) for statement in ast.walk(node) if isinstance(statement, ast.Expr))

    def see_Constant(self, node):
        match = ENTRY_POINT.fullmatch(node.value) if isinstance(node.value, str) and len(node.value) < 200 else None
        if match and id(node) not in self.documentation:
            self.imports(node, 0, match.group(1))

    def see_Assign(self, node):
        for target in node.targets:
            self.assigned(node, target, node.value)

    def see_AnnAssign(self, node):
        if node.value is not None:
            self.assigned(node, node.target, node.value)

    def assigned(self, node, target, value):
        if isinstance(target, ast.Name) and target.id == "__all__":
            self.exports = []
            self.export(value)
        elif last_name(target) == "__path__":
            self.computed(node)
        elif self.is_path(target):
            self.path_assigned(node, value)
        elif isinstance(target, ast.Subscript) and self.is_path(target.value):
            self.add_paths(node, value, "f")

    def see_AugAssign(self, node):
        if isinstance(node.target, ast.Name) and node.target.id == "__all__":
            self.export(node.value)
        elif last_name(node.target) == "__path__":
            self.computed(node)
        elif self.is_path(node.target):
            self.add_paths(node, node.value, "b")

    def path_assigned(self, node, value):
        if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Add):
            if self.is_path(value.right):
                return self.add_paths(node, value.left, "f")
            if self.is_path(value.left):
                return self.add_paths(node, value.right, "b")
        return self.computed(node)

    def is_path(self, node):
        if isinstance(node, ast.Name):
            return node.id in self.paths
        return isinstance(node, ast.Attribute) and node.attr == "path" and last_name(node.value) == "sys"

    def add_paths(self, node, value, end):
        if not isinstance(value, (ast.List, ast.Tuple)):
            return self.computed(node)
        for element in value.elts:
            self.add_path(node, element, end)

    def add_path(self, node, element, end):
        try:
            self.say("p", node, end, self.encoded(os.path.normpath(self.values.of(element))))
        except Unknown:
            self.computed(node)

    def export(self, value):
        if self.exports is None:
            self.exports = []
        elements = value.elts if isinstance(value, (ast.List, ast.Tuple)) else [None]
        for element in elements:
            try:
                self.exports.append("*" if element is None else self.values.of(element))
            except Unknown:
                self.exports.append("*")

    # --- calls ---

    def see_Call(self, node):
        name = last_name(node.func)
        if isinstance(node.func, ast.Name) and name in self.importers or isinstance(node.func, ast.Attribute) and name == "import_module":
            self.import_module(node)
        elif name == "__import__":
            self.dunder_import(node)
        elif name == "exec" and isinstance(node.func, ast.Name) and node.args:
            self.executed(node)
        elif name == "run_module" and node.args:
            self.by_name(node, node.args[0], None)
        elif name in FROM_A_PLACE:
            self.computed(node)
        elif name == "addsitedir" and node.args:
            self.add_path(node, node.args[0], "b")
        elif isinstance(node.func, ast.Attribute):
            self.method(node, name, node.func.value)

    def method(self, node, name, target):
        if last_name(target) == "__path__" and name in ("append", "extend", "insert"):
            self.computed(node)
        elif isinstance(target, ast.Name) and target.id == "__all__" and node.args:
            self.export(node.args[0] if name == "extend" else ast.List(elts=node.args[-1:]))
        elif self.is_path(target):
            if name == "append" and node.args:
                self.add_path(node, node.args[0], "b")
            elif name == "insert" and len(node.args) == 2:
                self.add_path(node, node.args[1], "f")
            elif name == "extend" and node.args:
                self.add_paths(node, node.args[0], "b")

    def executed(self, node):
        """eval() is left out: an expression that imports is nothing that people write."""
        try:
            self.read_within(node, self.values.of(node.args[0]))
        except Unknown:
            self.computed(node)

    def read_within(self, node, code):
        for word in of(code.encode("utf-8", "replace"), self.path, self.encoded):
            tag, *fields = word.split(",")
            if len(fields) > 1:
                self.say(tag, node, *fields[1:])

    def import_module(self, node):
        package = node.args[1] if len(node.args) > 1 else None
        for keyword in node.keywords:
            if keyword.arg == "package":
                package = keyword.value
        name = node.args[0] if node.args else next((one.value for one in node.keywords if one.arg == "name"), None)
        if name is None:
            self.computed(node)
        else:
            self.by_name(node, name, package)

    def by_name(self, node, expression, package):
        self.starts_here = False
        try:
            name, exact = self.values.of(expression), True
        except Unknown:
            name, exact = self.constant_start(expression), False
        level = len(name) - len(name.lstrip("."))
        name = name[level:]
        if level and not self.starts_here and not self.is_own_package(package):
            level, name = self.absolute(level, name, package)
        if level is None or not exact and not level and "." not in name:
            self.computed(node)
        elif exact:
            self.imports(node, level, name)
        else:
            self.say("x", node, str(level), self.encoded(name.rpartition(".")[0]))

    def is_own_package(self, package):
        if isinstance(package, ast.Name) and package.id == "__name__":
            return os.path.basename(self.path) == "__init__.py"
        return isinstance(package, ast.Name) and package.id == "__package__" \
            or isinstance(package, ast.Attribute) and package.attr == "parent" and last_name(package.value) == "__spec__"

    def absolute(self, level, name, package):
        try:
            parts = self.values.of(package).split(".")
        except Unknown:
            return None, name
        if level > len(parts):
            return None, name
        return 0, ".".join(parts[:len(parts) - level + 1] + [name])

    def constant_start(self, node):
        """What the text begins with, however it goes on; a package's own name becomes a leading dot."""
        if isinstance(node, ast.JoinedStr):
            return self.start_of(node.values)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            return self.start_of([node.left, node.right])
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
            return self.constant_start(node.left).partition("%")[0]
        if isinstance(node, ast.Call) and last_name(node.func) == "format" and isinstance(node.func, ast.Attribute):
            return self.constant_start(node.func.value).partition("{")[0]
        try:
            return self.values.of(node)
        except Unknown:
            return ""

    def start_of(self, parts):
        start = ""
        for part in parts:
            value = part.value if isinstance(part, ast.FormattedValue) else part
            try:
                start += self.values.of(part)
            except Unknown:
                if start or not self.is_own_package(value):
                    return start + self.constant_start(value)
                self.starts_here = True
        return start

    def dunder_import(self, node):
        arguments = dict(zip(("name", "globals", "locals", "fromlist", "level"), node.args))
        arguments.update((keyword.arg, keyword.value) for keyword in node.keywords)
        try:
            name = self.values.of(arguments["name"])
            level = arguments.get("level")
            level = 0 if level is None else ast.literal_eval(level)
            names = arguments.get("fromlist")
            names = [] if names is None else list(ast.literal_eval(names) or ())
            self.imports(node, int(level), name, [str(one) for one in names])
        except (Unknown, KeyError, ValueError, TypeError):
            if "name" in arguments:
                self.by_name(node, arguments["name"], None)
            else:
                self.computed(node)


def assigned_once(tree):
    """The expressions of module-level names that nothing else assigns."""
    counts, values = {}, {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            counts[node.id] = counts.get(node.id, 0) + 1
    for node in tree.body:
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            values[node.targets[0].id] = node.value
        elif isinstance(node, ast.AnnAssign) and node.value is not None and isinstance(node.target, ast.Name):
            values[node.target.id] = node.value
    return {name: value for name, value in values.items() if counts.get(name) == 1}
