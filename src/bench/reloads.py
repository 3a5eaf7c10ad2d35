"""Reloads: all tools run at once and are saved to in turn, so that a machine that drifts does so for all alike."""
import random
import time

from meshdev_log import was_warm
from probing import Timeline, down_ms, outage_ms

BETWEEN_TWO_SAVES = 0.1
BEFORE_A_SAVE = 0.03
AFTER_A_START = 2.0
WARM_UPS = 2
"""Reloads that are not counted: what a tool learns from the first ones it knows in all later ones."""


def measure(sessions, options, tell):
    """One record per tool and number of saves. `options`: rounds, twice, broken, broken_hold, gap."""
    time.sleep(AFTER_A_START)
    for _ in range(WARM_UPS):
        for session in sessions:
            settle(session, options.gap)
            one(session, session.project, 1)
    return [record for saves in ((1, 2) if options.twice else (1,)) for record in series(sessions, saves, options, tell)]


def series(sessions, saves, options, tell):
    records = [dict(tool=session.tool.name, saves=saves, rounds=[], broken=[]) for session in sessions]
    last = {}
    for number in range(options.rounds):
        tell("round %d of %d, %s" % (number + 1, options.rounds, "one save" if saves == 1 else "two saves"))
        mends = options.broken and number % options.broken == options.broken - 1
        for session, record in zip(sessions, records):
            settle(session, options.gap)
            note_what_it_told(session, last.get(session))
            if mends:
                last[session] = broken(session, options.broken_hold)
                record["broken"].append(last[session])
            else:
                last[session] = one(session, session.project, saves)
                record["rounds"].append(last[session])
    for session, record in zip(sessions, records):
        session.pause(options.gap)
        note_what_it_told(session, last[session])
        record["fallbacks"] = list(session.fallbacks)
    return records


def one(session, project, saves):
    """Times of one reload in ms, counted from the last save."""
    timeline = Timeline(project.port)
    timeline.watch(BEFORE_A_SAVE)
    saved = project.save()
    if saves == 2:
        timeline.watch(BETWEEN_TWO_SAVES)
        saved = project.save()
    return times(session, timeline, saved, project.generation)


def broken(session, hold):
    """A save that does not compile, left for a while, and the one that mends it: for how long nothing served."""
    timeline = Timeline(session.project.port)
    timeline.watch(BEFORE_A_SAVE)
    session.project.save_broken()
    timeline.watch(hold + session.debounce / 1000)
    down = down_ms(timeline.probes)
    saved = session.project.save()
    mended = times(session, timeline, saved, session.project.generation)
    return dict(down_while_broken=down, down_until_mended=down_ms(timeline.probes), serving=mended["serving"])


def times(session, timeline, saved, wanted):
    served = timeline.until(wanted, session.setting.timeout, session.alive)
    session.last_ready = time.monotonic()
    if served is None:
        return dict(first=None, serving=None, outage=None)
    return dict(first=(served.answer.first - saved) / 1e6, serving=(served.at - saved) / 1e6,
                outage=outage_ms(timeline.probes, wanted))


def settle(session, gap):
    """A moment that no period of a tool can be in step with."""
    session.pause(gap + random.uniform(0, 0.2))


def note_what_it_told(session, round):
    """Adds what mesh-dev says of its own reload, which it may do a moment after it serves; other tools say nothing."""
    told = session.reload_lines()
    if told and round:
        round.update(phases=told[-1].phases, warm=was_warm(told[-1]))
