"""Who is who among the processes of a session: the tool, its agents, and successors that stand by."""
from collections import namedtuple

import processes
from probing import ask

Crew = namedtuple("Crew", "tool agents standbys")

RUNNER = "lib/runner.py"
"""In the command line of every Python agent of mesh-dev, also before it has become one."""
AGENT_VARIABLE = "MESH_DEV_AGENT"


def crew_of(session):
    serving = {answer.pid for answer in (ask(project.port) for project in session.projects) if answer}
    everybody = processes.marked(session.mark) | processes.descendants(process.pid for process in session.started)
    theirs = processes.descendants(serving)
    told = {pid: (processes.command_line(pid), bool(processes.variable(pid, AGENT_VARIABLE))) for pid in everybody}
    return sorted_out(told, theirs)


def sorted_out(told, theirs):
    """`told` is (command line, whether mesh-dev marked it as an agent's) by pid; `theirs` are the serving agents' processes."""
    agents, standbys, tool = set(), set(), set()
    for pid, (words, marked) in told.items():
        if pid in theirs:
            agents.add(pid)
        elif any(word.endswith(RUNNER) for word in words):
            standbys.add(pid)
        else:
            (agents if marked else tool).add(pid)
    return Crew(tool, agents, standbys)


def memory(crew):
    """Proportional MB of (tool, agents, standbys)."""
    return tuple(sum(map(processes.memory_mb, pids)) for pids in crew)


def cpu(pids):
    return sum(map(processes.cpu_seconds, pids))
