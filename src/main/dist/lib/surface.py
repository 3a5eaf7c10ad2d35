"""The import surface of a source: what of it can decide which modules are imported and in what state they find the process.

Two versions of a file with one surface import the same; then what the one imported may be preloaded for the other. It is

* every import at any depth, in order, and what import_module() and the like are called with;
* what the module does up to the last import that runs when the module does, also within a block, without the bodies of
  functions, and without NAME = CONSTANT, unless something in the surface reads that name;
* every mention, in order, of what changes the state of the process (STATE).

Comments, docstrings, constants and what functions do may change, and the surface stays. Imports nothing, as compiling.py.
"""
ONLY_AST = 0x400
PRIME = (1 << 128) - 159
IMPORTS = {"Import", "ImportFrom"}
FUNCTIONS = {"FunctionDef", "AsyncFunctionDef", "Lambda"}
IMPORTERS = {"import_module", "__import__", "import_from_string", "load_module", "exec_module", "find_spec", "reload", "exec",
             "eval", "runpy", "run_path", "run_module"}
STATE = {"environ", "putenv", "unsetenv", "load_dotenv", "dotenv_values", "patch_all", "monkey", "monkey_patch", "basicConfig",
         "dictConfig", "fileConfig", "simplefilter", "filterwarnings", "signal", "chdir", "path", "meta_path", "path_hooks",
         "modules", "addsitedir", "setrecursionlimit", "set_start_method", "use", "setlocale", "umask", "settrace",
         "setprofile", "stdout", "stderr", "seed", "install", "rcParams", "setswitchinterval", "addaudithook", "Thread", "start"}
BLOCKS, BRANCHES = {"body", "orelse", "finalbody"}, {"handlers", "cases"}
UNSAID = {"ctx", "type_comment", "kind", "docstring"}
"""Fields that say nothing of what a node does."""


def of(source, file):
    """The surface as a word; "-" when the source cannot be parsed."""
    try:
        tree = compile(source, file, "exec", ONLY_AST, True)
        said = []
        surface(tree, said)
    except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError):
        return "-"
    return "%x" % (int.from_bytes("\n".join(said).encode("utf-8", "surrogatepass"), "big") % PRIME)


def surface(tree, said):
    region = []
    collect(tree.body, region)
    constants = {}
    for statement in tree.body:
        constants.update(constants_of(statement))
    said += [dump(node) for node in region if not constants_of(node) and not is_text(node)]
    names = set()
    for node in region + [node for node in walk(tree) if is_importing(node)]:
        if not constants_of(node):
            names |= read_names(node)
    mention(tree, said)
    said += ["%s=%s" % (name, dump(constants[name])) for name in sorted(names & set(constants))]


def collect(body, region):
    """What runs up to the last import: whole statements, and of the one that has it inside what comes before."""
    last = max([at for at, statement in enumerate(body) if imports(statement)], default=-1)
    region += body[:max(last, 0)]
    if last >= 0:
        enter(body[last], region)


def enter(node, region):
    if name_of(node) in IMPORTS:
        region.append(node)
        return
    for field in node._fields:
        value = getattr(node, field, None)
        if field in BLOCKS:
            collect(value, region)
        elif field in BRANCHES:
            for branch in value:
                enter(branch, region)
        elif hasattr(value, "_fields"):
            region.append(value)


def name_of(node):
    return type(node).__name__


def children(node):
    for field in node._fields:
        value = getattr(node, field, None)
        for child in value if isinstance(value, list) else (value,):
            if hasattr(child, "_fields"):
                yield child


def walk(node):
    todo = [node]
    while todo:
        node = todo.pop()
        yield node
        todo.extend(children(node))


def imports(statement):
    """Whether an import runs when the module does."""
    if name_of(statement) in FUNCTIONS:
        return False
    return name_of(statement) in IMPORTS or any(imports(child) for child in children(statement))


def constants_of(statement):
    """The names that a statement gives constants, with these, when it does nothing else."""
    kind = name_of(statement)
    if kind == "AnnAssign" and name_of(statement.target) == "Name" and is_constant(statement.value):
        return {statement.target.id: statement.value}
    if kind != "Assign" or len(statement.targets) != 1:
        return {}
    target, value = statement.targets[0], statement.value
    if name_of(target) == "Name":
        return {target.id: value} if is_constant(value) else {}
    pairs = list(zip(target.elts, value.elts)) if name_of(target) == name_of(value) == "Tuple" else []
    plain = pairs and len(target.elts) == len(value.elts) and all(name_of(a) == "Name" and is_constant(b) for a, b in pairs)
    return {name.id: constant for name, constant in pairs} if plain else {}


def is_constant(node):
    return name_of(node) == "Constant" or name_of(node) in ("Tuple", "List") and all(is_constant(each) for each in node.elts)


def is_text(statement):
    return name_of(statement) == "Expr" and name_of(statement.value) == "Constant"


def called(node):
    return getattr(node, "id", getattr(node, "attr", "")) if name_of(node) in ("Name", "Attribute") else ""


def is_importing(node):
    return name_of(node) == "Call" and called(node.func) in IMPORTERS


def read_names(node):
    """The names that are read in a node, its functions' bodies included: they may be called."""
    return {inner.id for inner in walk(node) if name_of(inner) == "Name" and name_of(inner.ctx) == "Load"}


def mention(node, said):
    """In the order of the source: imports, calls that import, and what changes the state of the process."""
    if name_of(node) in IMPORTS or is_importing(node):
        said.append(dump(node))
    elif called(node) in STATE:
        said.append(called(node))
    for child in children(node):
        mention(child, said)


def dump(node):
    """What a node does, as text; wherever it stands, and without the bodies of functions."""
    if isinstance(node, list):
        return "[%s]" % ",".join(dump(item) for item in node if not (hasattr(item, "_fields") and is_text(item)))
    if not hasattr(node, "_fields"):
        return repr(node)
    fields = [field for field in node._fields
              if field not in UNSAID and not (field == "body" and name_of(node) in FUNCTIONS)]
    return "%s(%s)" % (name_of(node), ",".join(dump(getattr(node, field, None)) for field in fields))
