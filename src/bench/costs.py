"""What a tool costs: the start of a day, the hours in which nothing happens, and memory by number of agents."""
import statistics
import time

import crew
from reloads import one
from supervised import Session
from tools import Tool

LOOKS = 3
BETWEEN_LOOKS = 0.5


def cold(setting, tool, kind, debounce):
    """One start from nothing to the first agent serving, in ms."""
    with Session(setting, tool, kind, debounce) as session:
        first, serving = session.start()
    return dict(first=first, serving=serving)


def idle(sessions, seconds, settle):
    """Percent of one core that each tool takes while nothing changes; all at once, since they do not hinder each other."""
    time.sleep(settle)
    before = [crew.cpu(crew.crew_of(session).tool) for session in sessions]
    begin = time.monotonic()
    time.sleep(seconds)
    elapsed = time.monotonic() - begin
    after = [crew.cpu(crew.crew_of(session).tool) for session in sessions]
    return [dict(tool=session.tool.name, seconds=seconds, percent=max(0.0, new - old) / elapsed * 100)
            for session, old, new in zip(sessions, before, after)]


def footprint(setting, tool, kind, debounce, count, settle):
    """Proportional MB with so many agents, each reloaded once: the tool alone, its agents, successors that stand by."""
    with Session(setting, tool, kind, debounce, count) as session:
        session.start()
        time.sleep(1.0)
        for project in session.projects:
            one(session, project, 1)
        time.sleep(settle)
        looks = []
        for _ in range(LOOKS):
            members = crew.crew_of(session)
            looks.append(crew.memory(members))
            time.sleep(BETWEEN_LOOKS)
        tool_mb, agents_mb, standbys_mb = (statistics.median(column) for column in zip(*looks))
        return dict(tool=tool.name, agents=count, tool_mb=tool_mb, agents_mb=agents_mb, standbys_mb=standbys_mb,
                    standbys=len(members.standbys), processes=len(members.tool))


def alone(setting, kind):
    """The agent without any tool: its start and its end by SIGTERM, in ms. No restart can take less than both."""
    with Session(setting, Tool("no tool", "{python} {agent}"), kind, 0) as session:
        first, serving = session.start()
        time.sleep(BETWEEN_LOOKS)
        begin = time.monotonic()
        session.started[0].terminate()
        session.started[0].wait(setting.timeout)
        return dict(first=first, serving=serving, ending=(time.monotonic() - begin) * 1000)
