"""One reload tool at work: its processes, the agents it looks after, what it printed, and its end.

Each start is a session and process group of its own, and everything in it inherits a mark, so that the end of a session
leaves nothing behind whatever the tool does.
"""
import itertools
import os
import shlex
import signal
import subprocess
import time

import meshdev_log
import processes
import projects
from probing import Timeline

END_LIMIT = 15.0
NUMBERS = itertools.count(1)


class DidNotServe(Exception):
    """The tool ended or let the time run out; the text tells the end of its output."""


class Setting:
    """What all sessions of a run have in common."""

    def __init__(self, scratch, python, path, timeout, home):
        self.scratch = scratch
        self.python = python
        self.path = path
        self.timeout = timeout
        self.home = home

    def environment(self, mark, variables=None):
        kept = {name: value for name, value in os.environ.items()
                if not name.startswith(("MCP_MESH_", "MESH_DEV_", "PYTHON")) and name != "VIRTUAL_ENV"}
        return dict(kept, PATH=self.path, MCP_MESH_HOME=self.home, PYTHONUNBUFFERED="1", NO_COLOR="1",
                    **{processes.MARK: mark}, **(variables or {}))


class Session:
    """A tool with `count` agents of one kind. A tool that takes only one agent is started once for each."""

    def __init__(self, setting, tool, kind, debounce, count=1):
        self.setting = setting
        self.tool = tool
        self.debounce = debounce
        self.mark = "%d-%d-%s" % (os.getpid(), next(NUMBERS), tool.name)
        self.base = os.path.join(setting.scratch, self.mark)
        folders = ["all"] * count if tool.takes_many else ["agent%d" % number for number in range(count)]
        self.projects = [projects.Project(os.path.join(self.base, folder), kind, "agent%d" % number)
                         for number, folder in enumerate(folders)]
        self.log = os.path.join(self.base, "output.log")
        self.read_to = 0
        self.last_ready = 0.0
        self.fallbacks = []
        self.started = []

    @property
    def project(self):
        return self.projects[0]

    def __enter__(self):
        return self

    def __exit__(self, *reason):
        try:
            self.end()
        finally:
            if self.started:  # interrupted while it was ending them; nothing interrupts twice
                self.end()

    def start(self):
        """Starts the tool and waits until all agents serve: (ms to the first line, ms to the first answer) of the first agent."""
        begin = time.monotonic_ns()
        for group in ([self.projects] if self.tool.takes_many else [[project] for project in self.projects]):
            self._launch(group)
        answers = [self._serving(project) for project in self.projects]
        self.last_ready = time.monotonic()
        return (answers[0].answer.first - begin) / 1e6, (answers[0].at - begin) / 1e6

    def alive(self):
        return all(process.poll() is None for process in self.started)

    def pause(self, gap):
        """Until `gap` seconds have passed since the last agent was seen to serve."""
        time.sleep(max(0.0, self.last_ready + gap - time.monotonic()))

    def reload_lines(self):
        """The reloads that mesh-dev has told of since the last question; notes whenever `refresh` fell back."""
        with open(self.log, errors="replace") as file:
            file.seek(self.read_to)
            text = file.read()
        whole = text[:text.rfind("\n") + 1]
        self.read_to += len(whole.encode(errors="replace"))
        lines = whole.splitlines()
        self.fallbacks += filter(None, map(meshdev_log.fallback_of, lines))
        return [reload for reload in map(meshdev_log.reload_of, lines) if reload]

    def end(self):
        """Asks the groups to end, then whatever carries the mark; kills what is still there after the limit."""
        self._signal_groups(signal.SIGTERM)
        if not self._gone_within(END_LIMIT):
            self._signal_groups(signal.SIGKILL)
            for pid in processes.marked(self.mark):
                send(pid, signal.SIGKILL)
            self._gone_within(END_LIMIT)
        self.started = []

    def _launch(self, group):
        project = group[0]
        listed = os.path.join(self.base, "watched-%d" % len(self.started))
        with open(listed, "w") as file:
            file.write("".join(path + "\n" for path in project.files))
        command = self.tool.command(self._fields(project, listed), [each.agent for each in group])
        with open(self.log, "ab") as log:
            self.started.append(subprocess.Popen(
                command, cwd=project.folder, env=self.setting.environment(self.mark, self.tool.variables),
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True))

    def _fields(self, project, listed):
        return dict(python=self.setting.python, agent=project.agent, folder=project.folder, list=listed, path=self.setting.path,
                    run=" ".join(map(shlex.quote, [self.setting.python, project.agent])), debounce=self.debounce,
                    seconds=self.debounce / 1000)

    def _serving(self, project):
        found = Timeline(project.port).until(project.generation, self.setting.timeout, self.alive)
        if found is None:
            with open(self.log, errors="replace") as file:
                raise DidNotServe("%s: no agent served; its output ends with:\n%s" % (self.tool.name, file.read()[-800:]))
        return found

    def _gone_within(self, limit):
        deadline = time.monotonic() + limit
        while time.monotonic() < deadline:
            for process in self.started:
                process.poll()
            if not processes.marked(self.mark) and self._all_reaped():
                return True
            time.sleep(0.02)
        return False

    def _all_reaped(self):
        return all(process.poll() is not None for process in self.started)

    def _signal_groups(self, number):
        """Only groups that still have somebody of ours in them: the number of an empty one may be another's by now."""
        alive = {int(fields[2]) for fields in map(processes.stat_fields, processes.marked(self.mark)) if fields}
        for process in self.started:
            if process.poll() is None or process.pid in alive:
                try:
                    os.killpg(process.pid, number)
                except (ProcessLookupError, PermissionError):
                    pass


def send(pid, number):
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass
