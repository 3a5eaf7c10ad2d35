"""What processes there are, and what they cost, as Linux tells it in /proc. A process that is gone costs nothing."""
import os

MARK = "RELOAD_BENCH"
"""Every process of a benchmark inherits this variable; that is how stragglers are found."""
TICKS = os.sysconf("SC_CLK_TCK")


def read(pid, name):
    try:
        with open("/proc/%d/%s" % (pid, name), "rb") as file:
            return file.read()
    except OSError:
        return b""


def all_pids():
    try:
        return [int(name) for name in os.listdir("/proc") if name.isdigit()]
    except OSError:
        return []


def marked(mark):
    """Whoever was started with this mark, or by somebody who was."""
    wanted = ("%s=%s" % (MARK, mark)).encode()
    return {pid for pid in all_pids() if wanted in read(pid, "environ").split(b"\0")}


def stat_fields(pid):
    """What follows the name in /proc/PID/stat: state, parent, group, ...; empty for who is gone."""
    return read(pid, "stat").decode(errors="replace").rpartition(")")[2].split()


def descendants(roots):
    """The roots and all that came from them and still has its parents."""
    children = {}
    for pid in all_pids():
        fields = stat_fields(pid)
        if fields:
            children.setdefault(int(fields[1]), []).append(pid)
    found, waiting = set(), list(roots)
    while waiting:
        pid = waiting.pop()
        if pid not in found:
            found.add(pid)
            waiting += children.get(pid, [])
    return found


def command_line(pid):
    return read(pid, "cmdline").decode(errors="replace").split("\0")


def variable(pid, name):
    """Its value when the process began; empty without one."""
    start = name.encode() + b"="
    for entry in read(pid, "environ").split(b"\0"):
        if entry.startswith(start):
            return entry[len(start):].decode(errors="replace")
    return ""


def cpu_seconds(pid):
    """Of the process and of its children that have ended."""
    fields = stat_fields(pid)
    return sum(int(ticks) for ticks in fields[11:15]) / TICKS if fields else 0.0


def memory_mb(pid):
    """Proportional: a page that n processes share counts 1/n for each."""
    for line in read(pid, "smaps_rollup").decode().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0
