"""first MODULE: the source files that an import of the module loads, each after the word LOADED.

all MODULE..: besides, what is loaded when every import statement of every module that was loaded is run, each alone."""
import ast
import sys
from importlib.machinery import SourceFileLoader

loaded = {}
get_code = SourceFileLoader.get_code


def recording(self, fullname):
    loaded.setdefault(self.path, fullname)
    return get_code(self, fullname)


def of_type_checkers(node):
    test = node.test
    return isinstance(node, ast.If) and (getattr(test, "id", "") == "TYPE_CHECKING" or getattr(test, "attr", "") == "TYPE_CHECKING")


def statements(node):
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (ast.Import, ast.ImportFrom)):
            for alias in child.names:
                yield child, alias
        elif isinstance(child, ast.If) and of_type_checkers(child):
            for other in child.orelse:
                yield from statements(ast.Module([other], []))
        else:
            yield from statements(child)


def run(path, name):
    with open(path, "rb") as file:
        tree = ast.parse(file.read())
    package = name if path.endswith("/__init__.py") else name.rpartition(".")[0]
    for node, alias in statements(tree):
        node.names = [alias]
        try:
            exec(compile(ast.Module([node], []), path, "exec"), {"__name__": name, "__package__": package})
        except BaseException:
            pass


for present in list(sys.modules.values()):
    path = getattr(present, "__file__", None) or ""
    if path.endswith(".py") and getattr(present, "__name__", "__main__") != "__main__":
        loaded[path] = present.__name__
before = set(loaded)
SourceFileLoader.get_code = recording
for module in sys.argv[2:]:
    __import__(module)
if sys.argv[1] == "first":
    shown = set(loaded) - before
else:
    shown = loaded
    done = set()
    while set(loaded) - done:
        for path in set(loaded) - done:
            done.add(path)
            run(path, loaded[path])
for path in sorted(shown):
    print("LOADED", path)
