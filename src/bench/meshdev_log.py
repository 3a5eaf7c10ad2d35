"""What mesh-dev itself says of a reload, read from its output."""
import re
from collections import namedtuple

Reload = namedtuple("Reload", "agent took_ms phases")

COMPLETED = re.compile(r"^mesh-dev\s*\| .*?\bReload completed: (\S+) in ([0-9.]+) (ms|s)\b(?: \((.*)\))?")
PHASE = re.compile(r"([a-z][a-z -]*?) ([0-9]+(?:\.[0-9]+)?)(?: ms)?$")
FALLBACK = re.compile(r"^mesh-dev\s*\| refresh of \S+ falls back to restart: (.+)")
WARM = "warm"


def reload_of(line):
    """The reload that the line announces, or None. Only mesh-dev's own lines count, not what agents print."""
    found = COMPLETED.match(line)
    if not found:
        return None
    agent, number, unit, phases = found.groups()
    return Reload(agent, float(number) * (1000 if unit == "s" else 1), phases_of(phases or ""))


def fallback_of(line):
    """Why `refresh` preloads nothing from here on, or None. It is told once, and holds for all later reloads."""
    found = FALLBACK.match(line)
    return found.group(1) if found else None


def phases_of(text):
    """Milliseconds by name, in the order they are told; whatever looks different is left out."""
    phases = {}
    for part in text.split(","):
        found = PHASE.match(part.strip())
        if found:
            phases[found.group(1)] = float(found.group(2))
    return phases


def was_warm(reload):
    """Whether a successor that was ready took over: mesh-dev times its warming only then."""
    return WARM in reload.phases
