"""The command line: what to measure, and how much of it."""
import argparse
import sys

import projects
import tools

MODES = ("reload", "stale", "cold", "idle", "footprint")


def parsed(about, example, words):
    """Ends the program with a usage message when the words are wrong. `modes` are in their order, each once."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter,
                                     usage="reload_bench.py [MODE ...] [options]", epilog=example)
    parser.add_argument("modes", nargs="*", metavar="MODE", help="default: reload")
    what_to_measure(parser)
    what_to_run(parser)
    how_much(parser)
    how_long(parser)
    options = parser.parse_args(words)
    unknown = set(options.modes) - {*MODES, "all"} or set(options.agent) - set(projects.KINDS)
    if unknown:
        parser.error("unknown: %s" % ", ".join(sorted(unknown)))
    asked = set(MODES if "all" in options.modes else options.modes or ["reload"])
    options.modes = [mode for mode in MODES if mode in asked]
    return options


def what_to_measure(parser):
    known = ", ".join(tool.name for tool in tools.known())
    parser.add_argument("--tools", type=names, default=[], metavar="A,B", help="default: " + known)
    parser.add_argument("--agent", type=names, default=["tiny"], metavar="A,B",
                        help="tiny (standard library), web (fastapi, uvicorn), heavy (numpy, pandas, fastapi); default: tiny. "
                             "cold, idle and footprint take the first")
    parser.add_argument("--debounce", type=counts, default=[50, 500], metavar="MS,MS",
                        help="quiet times in ms; default: 50,500. cold, idle and footprint take the longest")
    parser.add_argument("--out", default="bench-results", metavar="DIR", help="default: bench-results")
    parser.add_argument("--render", metavar="JSON",
                        help="measure nothing; make tables and plot from the raw results of an earlier run")


def what_to_run(parser):
    parser.add_argument("--tool", action="append", default=[], metavar="NAME=COMMAND",
                        help="another tool, or another command for a known one; tools.py says what {python}, {agent} ... "
                             "stand for. A name that begins with mesh-dev is no peer")
    parser.add_argument("--path", action="append", default=[], metavar="DIR",
                        help="a folder with tools, before PATH; may be repeated")
    parser.add_argument("--python", default=sys.executable, help="the interpreter of the agents; default: this one")
    parser.add_argument("--mesh-home", metavar="DIR", help="MCP_MESH_HOME of mesh-dev; default: a temporary one")
    parser.add_argument("--no-archive", action="store_true",
                        help="do not wait for mesh-dev's class-data archive before measuring")


def how_much(parser):
    for name, default, what in (("--rounds", 12, "reloads per tool"), ("--cold-starts", 7, "starts per tool in cold")):
        parser.add_argument(name, type=count, default=default, metavar="N", help="%s; default: %d" % (what, default))
    parser.add_argument("--counts", type=counts, default=[1, 3, 10], metavar="N,N", help="agents in footprint; default: 1,3,10")
    parser.add_argument("--twice", action="store_true", help="measure reloads also with two saves 100 ms apart")
    parser.add_argument("--broken", type=count, default=0, metavar="N",
                        help="every Nth round begins with a save that does not compile; default: none does")
    parser.add_argument("--alone", type=int, default=5, metavar="N", help="starts of the agent without any tool; default: 5")


def how_long(parser):
    for name, default, what in (
            ("--gap", 1.5, "at least, between two reloads of a tool"),
            ("--broken-hold", 1, "until a broken save is mended, beyond the quiet time"),
            ("--timeout", 20, "after which a reload counts as lost"),
            ("--idle-seconds", 60, "of looking at idle tools"),
            ("--settle", 15, "before idle and footprint look")):
        parser.add_argument(name, type=float, default=default, metavar="SECONDS", help="%s; default: %g" % (what, default))


def names(text):
    return [name for name in text.split(",") if name]


def counts(text):
    """At least one."""
    found = [count(part) for part in text.split(",") if part]
    if not found:
        raise argparse.ArgumentTypeError("must name a number")
    return found


def count(text):
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise argparse.ArgumentTypeError("must be a number from 1: " + text)
    return number
