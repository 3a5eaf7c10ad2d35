"""Edits of the same length in quick succession: Python takes the byte code of the one before for current when both fall
into one second, unless the tool sees to it. An agent imports a module whose one constant changes."""
import time

from probing import Timeline, ask

EDITS = 30
APART = 0.3
ANSWERS = 20
BETWEEN_ANSWERS = 0.05


def measure(session, settle):
    """One series: how many launches ran older code than was saved before them, and who answers after `settle` seconds."""
    time.sleep(1.0)
    timeline = Timeline(session.project.port)
    saved = []
    for _ in range(EDITS):
        saved.append((session.project.save(), session.project.generation))
        timeline.watch(APART)
    timeline.watch(settle + session.debounce / 1000)
    launches, stale = launches_of(timeline.probes, saved)
    return dict(tool=session.tool.name, edits=EDITS, launches=launches, stale_launches=stale, answers=ANSWERS,
                stale_answers=stale_answers(session.project))


def stale_answers(project):
    """How many of the answers now are not the last edit's; no answer at all counts as one."""
    count = 0
    for _ in range(ANSWERS):
        answer = ask(project.port)
        count += answer is None or answer.generation != project.generation
        time.sleep(BETWEEN_ANSWERS)
    return count


def launches_of(probes, saved):
    """(launches seen, those that ran code older than the last save before their first line)."""
    seen = {(probe.answer.pid, probe.answer.first): probe.answer.generation for probe in probes if probe.answer}
    due = {key: max((generation for at, generation in saved if at < key[1]), default=None) for key in seen}
    new = [key for key in seen if due[key] is not None]
    return len(new), sum(seen[key] < due[key] for key in new)
