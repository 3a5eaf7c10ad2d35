"""One run of the benchmark: which sessions each mode takes, and the results so far."""
import contextlib
import glob
import os
import shutil
import sys
import time

import costs
import machine
import projects
import reloads
import stale
import tools
from supervised import DidNotServe, Session, Setting

ARCHIVE_LIMIT = 60.0


def tell(text):
    print(text, file=sys.stderr, flush=True)


class Bench:
    """`results` can be shown at any time, also when the run was interrupted."""

    def __init__(self, options, scratch):
        self.options = options
        home = options.mesh_home or os.path.join(scratch, "home")
        self.setting = Setting(scratch, shutil.which(options.python) or options.python, tools.search_path(options.path),
                               options.timeout, os.path.abspath(home))
        self.tools, skipped = tools.chosen(options.tools, options.tool, self.setting.path)
        for message in skipped:
            tell(message)
        self.kinds = [kind for kind in options.agent if self._can_run(kind)]
        self.results = dict(machine=machine.described(self.setting, self.tools), options=vars(options),
                            alone=[], reload=[], stale=[], cold=[], idle=[], footprint=[])

    def run(self):
        """Measures everything that was asked for."""
        self._prepare()
        for mode in self.options.modes:
            getattr(self, "_" + mode)()

    def has_something(self):
        return bool(self.tools and self.kinds)

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
