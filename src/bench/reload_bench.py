#!/usr/bin/env python3
"""Measures tools that restart a program when its source changes, side by side on this machine.

    reload_bench.py [reload|stale|cold|idle|footprint|all ...] [options]

reload     save -> first line executed, save -> serving the new code, outage in between; every tool in turn, round after round
stale      30 edits of the same length, 300 ms apart: does older code run?
cold       shell -> first agent serving
idle       processor time while nothing changes
footprint  memory of the tool alone with 1, 3, ... agents

Tools are looked for on PATH and in the folders of --path; those that are missing are named and left out. Every agent is a
Python program that serves HTTP on a port of 127.0.0.1. Nothing outside a temporary folder and the folder of --out is
written, and all that was started is ended, also when this program is interrupted. Memory and processor time need Linux.

example: reload_bench.py reload cold --agent tiny,heavy --debounce 50,500 --rounds 12 --twice --broken 3
"""
import argparse
import contextlib
import glob
import json
import os
import shutil
import signal
import sys
import tempfile
import time

import costs
import machine
import plot
import projects
import reloads
import report
import stale
import tools
from supervised import DidNotServe, Session, Setting

MODES = ("reload", "stale", "cold", "idle", "footprint")
ARCHIVE_LIMIT = 60.0


def main():
    options = parsed(sys.argv[1:])
    handle_signals()
    if options.render:
        with open(options.render) as file:
            write(json.load(file), options.out)
        return 0
    scratch = tempfile.mkdtemp(prefix="reload-bench-")
    try:
        return Bench(options, scratch).run()
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


class Bench:
    """One run: what was asked for, and the results so far."""

    def __init__(self, options, scratch):
        self.options = options
        home = options.mesh_home or os.path.join(scratch, "home")
        self.setting = Setting(scratch, shutil.which(options.python) or options.python, tools.search_path(options.path),
                               options.timeout, os.path.abspath(home))
        self.tools, skipped = tools.chosen(options.tools, options.tool, self.setting.path)
        for message in skipped:
            tell(message)
        self.kinds = [kind for kind in options.agent if self._can_run(kind)]
        self.results = dict(machine=machine.described(self.setting, self.tools), options=vars(options), alone=[], reload=[], stale=[],
                            cold=[], idle=[], footprint=[])

    def run(self):
        """Measures what was asked for; writes whatever is known when it is interrupted."""
        if not self.tools or not self.kinds:
            tell("nothing to measure")
            return 2
        try:
            self._prepare()
            for mode in self.options.modes:
                getattr(self, "_" + mode)()
        finally:
            write(self.results, self.options.out)
        return 0

    def _can_run(self, kind):
        missing = machine.missing_modules(self.setting, projects.KINDS[kind].needs)
        if missing:
            tell("%s agent: skipped, %s has no %s (--python names another)" % (kind, self.setting.python, ", ".join(missing)))
        return not missing

    def _prepare(self):
        """The first start of mesh-dev on a machine makes an archive of its classes, as a user's first start does."""
        ours = [tool for tool in self.tools if tool.ours]
        archives = os.path.join(self.setting.home, "cache", "*.jsa")
        if not ours or self.options.no_archive or glob.glob(archives):
            return
        tell("waiting for the class-data archive of mesh-dev")
        with Session(self.setting, ours[0], "tiny", 500) as session:
            if self._started(session):
                deadline = time.monotonic() + ARCHIVE_LIMIT
                while time.monotonic() < deadline and session.alive() and not glob.glob(archives):
                    time.sleep(0.2)

    # --- The modes -------------------------------------------------------------------------------------------------------

    def _reload(self):
        for kind in self.kinds:
            self._alone(kind)
            for debounce in self.options.debounce:
                tell("reload: %s agent, %d ms" % (kind, debounce))
                with self._sessions(self.tools, kind, debounce) as sessions:
                    for record in reloads.measure(sessions, self.options, tell):
                        self.results["reload"].append(dict(self._named(record, debounce), agent=kind))

    def _alone(self, kind):
        for _ in range(self.options.alone):
            with contextlib.suppress(DidNotServe):
                self.results["alone"].append(dict(costs.alone(self.setting, kind), agent=kind))

    def _stale(self):
        for debounce in self.options.debounce:
            for tool in self.tools:
                tell("stale: %s, %d ms" % (tool.name, debounce))
                with self._sessions([tool], "module", debounce) as sessions:
                    for session in sessions:
                        self.results["stale"].append(self._named(stale.measure(session, 2.0), debounce))

    def _cold(self):
        debounce = max(self.options.debounce)
        for number in range(self.options.cold_starts + 1):
            tell("cold: start %d of %d" % (number, self.options.cold_starts))
            for tool in self.tools:
                with self._reported():
                    record = dict(costs.cold(self.setting, tool, self.kinds[0], debounce), tool=tool.name)
                    if number:  # the first one only fills the caches of the system
                        self.results["cold"].append(self._named(record, debounce))

    def _idle(self):
        debounce = max(self.options.debounce)
        tell("idle: %g s" % self.options.idle_seconds)
        with self._sessions(self.tools, self.kinds[0], debounce) as sessions:
            records = costs.idle(sessions, self.options.idle_seconds, self.options.settle)
            self.results["idle"] += [self._named(record, debounce) for record in records]

    def _footprint(self):
        debounce = max(self.options.debounce)
        for tool in self.tools:
            for count in self.options.counts:
                tell("footprint: %s, %d agents" % (tool.name, count))
                with self._reported():
                    record = costs.footprint(self.setting, tool, self.kinds[0], debounce, count, self.options.settle)
                    self.results["footprint"].append(self._named(record, debounce))

    # --- Sessions --------------------------------------------------------------------------------------------------------

    def _named(self, record, debounce):
        tool = next(tool for tool in self.tools if tool.name == record["tool"])
        return dict(record, debounce=debounce, quiet=tool.quiet(debounce), ours=tool.ours)

    @contextlib.contextmanager
    def _sessions(self, chosen, kind, debounce):
        """All tools at once; those that do not start are named and left out."""
        with contextlib.ExitStack() as stack:
            running = []
            for tool in chosen:
                session = stack.enter_context(Session(self.setting, tool, kind, debounce))
                if self._started(session):
                    running.append(session)
            yield running

    def _started(self, session):
        try:
            session.start()
            return True
        except (DidNotServe, OSError) as problem:
            tell(str(problem))
            session.end()
            return False

    @contextlib.contextmanager
    def _reported(self):
        try:
            yield
        except (DidNotServe, OSError) as problem:
            tell(str(problem))


def write(results, folder):
    """results.json (raw), results.md, results.svg in the folder; the same tables on standard output."""
    os.makedirs(folder, exist_ok=True)
    for name, text in (("results.json", json.dumps(results, indent=1)), ("results.md", report.markdown(results)),
                       ("results.svg", plot.svg(results) if results.get("reload") else "")):
        if text:
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(text)
    sys.stdout.buffer.write((report.text(results) + "\n").encode())
    tell("written to " + folder)


def tell(text):
    print(text, file=sys.stderr, flush=True)


def handle_signals():
    """An interrupt unwinds everything once; another one does not stop the clearing up.

    A handler also gives children the default reaction to Ctrl-C, which some tools use to end an agent."""
    def unwind(number, frame):
        for other in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(other, signal.SIG_IGN)
        raise SystemExit(128 + number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, unwind)


# --- The command line ------------------------------------------------------------------------------------------------------


def parsed(words):
    about, _, _ = __doc__.partition("\n\nexample")
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter,
                                     usage="reload_bench.py [MODE ...] [options]", epilog=__doc__[len(about):].strip())
    parser.add_argument("modes", nargs="*", metavar="MODE", help="default: reload")
    what_to_measure(parser)
    how_much(parser)
    options = parser.parse_args(words)
    unknown = set(options.modes) - {*MODES, "all"} or set(options.agent) - set(projects.KINDS)
    if unknown:
        parser.error("unknown: %s" % ", ".join(sorted(unknown)))
    options.modes = list(MODES) if "all" in options.modes else options.modes or ["reload"]
    return options


def what_to_measure(parser):
    parser.add_argument("--tools", type=names, default=[], metavar="A,B", help="default: %s" % ", ".join(tool.name for tool in tools.known()))
    parser.add_argument("--tool", action="append", default=[], metavar="NAME=COMMAND",
                        help="another tool, or another command for a known one; see tools.py for what {python}, {agent} ... stand for. "
                             "A name that begins with mesh-dev is no peer")
    parser.add_argument("--path", action="append", default=[], metavar="DIR", help="a folder with tools, before PATH; may be repeated")
    parser.add_argument("--python", default=sys.executable, help="the interpreter of the agents; default: this one")
    parser.add_argument("--agent", type=names, default=["tiny"], metavar="A,B",
                        help="tiny (standard library), web (fastapi, uvicorn), heavy (numpy, pandas, fastapi); default: tiny")
    parser.add_argument("--debounce", type=numbers, default=[50, 500], metavar="MS,MS",
                        help="quiet times in ms; default: 50,500. cold, idle and footprint take the longest")
    parser.add_argument("--mesh-home", metavar="DIR", help="MCP_MESH_HOME of mesh-dev; default: a temporary one")
    parser.add_argument("--no-archive", action="store_true", help="do not wait for mesh-dev's class-data archive before measuring")
    parser.add_argument("--out", default="bench-results", metavar="DIR", help="default: bench-results")
    parser.add_argument("--render", metavar="JSON", help="measure nothing; make the tables and the plot from an earlier run")


def how_much(parser):
    parser.add_argument("--rounds", type=positive, default=12, help="reloads per tool; default: 12")
    parser.add_argument("--twice", action="store_true", help="measure also with two saves 100 ms apart")
    parser.add_argument("--broken", type=int, default=0, metavar="N", help="every Nth round begins with a save that does not compile")
    parser.add_argument("--broken-hold", type=float, default=1.0, metavar="S", help="for so long beyond the quiet time; default: 1")
    parser.add_argument("--gap", type=float, default=1.5, metavar="S", help="at least, between two reloads of a tool; default: 1.5")
    parser.add_argument("--timeout", type=float, default=20.0, metavar="S", help="after which a reload counts as lost; default: 20")
    parser.add_argument("--alone", type=int, default=5, metavar="N", help="starts of the agent without any tool; default: 5")
    parser.add_argument("--cold-starts", type=positive, default=7, metavar="N", help="default: 7")
    parser.add_argument("--idle-seconds", type=float, default=60.0, metavar="S", help="default: 60")
    parser.add_argument("--settle", type=float, default=15.0, metavar="S", help="before idle and footprint look; default: 15")
    parser.add_argument("--counts", type=numbers, default=[1, 3, 10], metavar="N,N", help="agents in footprint; default: 1,3,10")


def names(text):
    return [name for name in text.split(",") if name]


def numbers(text):
    return [positive(part) for part in text.split(",") if part]


def positive(text):
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1: " + text)
    return number


if __name__ == "__main__":
    sys.exit(main())
