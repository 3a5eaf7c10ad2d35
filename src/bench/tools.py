"""The reload tools: how each is told to watch a folder of Python files, run an agent and replace it after a quiet time.

Words of a command may hold {python} {agent} {run} (both as one word) {folder} {list} (a file that names the watched
files) {debounce} (milliseconds) {seconds}; the word {agents} stands for all agents.
"""
import os
import shlex
import shutil
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
BUILT = os.path.join(HERE, "..", "..", "target", "mesh-dev", "bin")
OURS = "mesh-dev"

WATCHFILES_API = ("import sys, watchfiles; quiet = int(sys.argv[3]); watchfiles.run_process(sys.argv[1], target=sys.argv[2], "
                  "target_type='command', step=quiet, debounce=10 * quiet)")
MESH_DEV = "mesh-dev start {agents} --no-registry --python {python} --reload-delay {debounce}"


class Tool:
    """One way to reload. `quiet` is the quiet time in ms that it keeps when asked for `debounce`: not all can be told."""

    def __init__(self, name, command, variables=None, quiet=lambda debounce: debounce, needs="", version=()):
        self.name = name
        self.template = shlex.split(command)
        self.variables = variables or {}
        self.quiet = quiet
        self.needs = needs or (self.template[0] if self.template else "")
        self.version = version

    @property
    def ours(self):
        return self.name.startswith(OURS)

    @property
    def takes_many(self):
        """One process of the tool looks after any number of agents."""
        return "{agents}" in self.template

    def command(self, fields, agents):
        words = []
        for word in self.template:
            words += agents if word == "{agents}" else [word.format(**fields)]
        return words


class Watchfiles(Tool):
    """Its command has no option for the quiet time, which is 50 ms; for others its own Python API is called."""

    def __init__(self):
        super().__init__("watchfiles", "watchfiles --verbosity warning --target-type command {run} {folder}",
                         version=("watchfiles", "--version"))

    def command(self, fields, agents):
        if fields["debounce"] == 50:
            return super().command(fields, agents)
        return [interpreter_of(shutil.which("watchfiles", path=fields["path"])), "-c", WATCHFILES_API,
                fields["folder"], fields["run"], str(fields["debounce"])]


def interpreter_of(script):
    """What the first line of an installed script names."""
    with open(script, errors="replace") as file:
        first = file.readline()
    return first[2:].split()[0] if first.startswith("#!") else "python3"


def known():
    mesh_version = ("mesh-dev", "--version")
    return [
        Tool("entr", 'sh -c \'exec entr -nr "$1" "$2" <"$3"\' entr {python} {agent} {list}', quiet=lambda debounce: 0,
             needs="entr", version=("entr",)),
        Tool("nodemon", "nodemon --quiet --delay {debounce}ms --watch {folder} --ext py --signal SIGTERM --exec {run}",
             version=("nodemon", "--version")),
        Tool("watchexec", "watchexec --quiet --restart --shell=none --debounce {debounce}ms --watch {folder} --exts py"
                          " -- {python} {agent}", version=("watchexec", "--version")),
        Watchfiles(),
        Tool("watchmedo", "watchmedo auto-restart --directory {folder} --pattern **/*.py --signal SIGTERM"
                          " --debounce-interval {seconds} -- {python} {agent}", version=("watchmedo", "--version")),
        Tool("mesh-dev", MESH_DEV, version=mesh_version),
        Tool("mesh-dev-refresh", MESH_DEV, variables={"MCP_MESH_RELOAD_STRATEGY": "refresh"}, version=mesh_version),
    ]


def chosen(names, custom, path):
    """The tools to measure, and why others are not: (tools, messages). `custom` are NAME=COMMAND; `path` is a PATH."""
    offered = {tool.name: tool for tool in known()}
    for text in custom:
        name, _, command = text.partition("=")
        offered[name] = Tool(name, command)
    tools, skipped = [], []
    for name in names or offered:
        tool = offered.get(name)
        if tool is None:
            skipped.append("%s: not known; give it as --tool %s=COMMAND" % (name, name))
        elif shutil.which(tool.needs, path=path) is None:
            skipped.append("%s: skipped, %s is not on PATH (--path DIR adds a folder)" % (name, tool.needs))
        else:
            tools.append(tool)
    return tools, skipped


def search_path(folders):
    """The given folders, then PATH, then where this project's build leaves mesh-dev."""
    return os.pathsep.join([*map(os.path.abspath, folders), os.environ.get("PATH", ""), os.path.normpath(BUILT)])


def version_of(tool, environment):
    """The first line with a digit that it says of itself."""
    try:
        told = subprocess.run(tool.version, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=20).stdout.decode(errors="replace")
    except (OSError, subprocess.TimeoutExpired, IndexError, ValueError):
        return "?"
    return next((line.strip() for line in told.splitlines() if any(char.isdigit() for char in line)), "?")
