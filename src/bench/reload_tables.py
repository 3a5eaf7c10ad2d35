"""Tables of reloads, from raw results. Everything here is pure."""
from samples import median, ratio, summary
from tables import Table, number, times

RELOAD_HEADERS = ["tool", "quiet", "n", "lost", "first line", "serving", "p90", "max", "of best peer",
                  "less quiet", "of best peer", "outage", "max", "less end", "warm"]
RELOAD_NOTE = ("Milliseconds after the save; medians unless said otherwise. `quiet` is the tool's own quiet time: the first "
               "ratio is to the best peer with the same one; the second, with the quiet time taken off, to the best of all "
               "peers. `outage` is from the last old answer to the first new one; `less end` is what is left of it without the "
               "agent's own end. `warm`: reloads that a ready successor took over.")


def groups(results):
    """Records that may be compared, by (agent, debounce, saves)."""
    grouped = {}
    for record in results.get("reload", []):
        grouped.setdefault(key_of(record), []).append(record)
    return grouped


def key_of(record):
    return record["agent"], record["debounce"], record["saves"]


def title_of(record):
    return group_title(key_of(record))


def group_title(key):
    agent, debounce, saves = key
    return "%s agent, %d ms quiet time, %s" % (agent, debounce, "one save" if saves == 1 else "two saves 100 ms apart")


def reloads(results):
    endings = {kind: median(start["ending"] for start in starts) for kind, starts in starts_alone(results).items()}
    return [reload_table(key, records, endings.get(key[0])) for key, records in groups(results).items()]


def reload_table(key, records, ending):
    rows = sorted((cells for record in records for cells in variants(record)), key=lambda cells: cells["order"])
    peers = [record for record in records if not record["ours"] and serving(record) is not None]
    same_quiet = min((serving(peer) for peer in peers if peer["quiet"] == key[1]), default=None)
    less_quiet = min((serving(peer) - peer["quiet"] for peer in peers), default=None)
    return Table("Save to serving: " + group_title(key), RELOAD_HEADERS,
                 [reload_row(cells, same_quiet, less_quiet, ending) for cells in rows], RELOAD_NOTE)


def serving(record):
    return median(round["serving"] for round in record["rounds"])


def variants(record):
    """All rounds of a tool; and if only some were warm, those once more by themselves."""
    rounds = record["rounds"]
    warm = [round for round in rounds if round.get("warm")]
    yield variant(record, record["tool"], rounds)
    if warm and len(warm) < len(rounds):
        yield variant(record, record["tool"] + ", warm only", warm)


def variant(record, name, rounds):
    whole = summary(round["serving"] for round in rounds)
    return dict(name=name, record=record, rounds=rounds, serving=whole, order=whole.median if whole else float("inf"))


def reload_row(cells, same_quiet, less_quiet, ending):
    record, rounds, whole = cells["record"], cells["rounds"], cells["serving"]
    outage = summary(round["outage"] for round in rounds)
    middle = whole.median if whole else None
    less = None if middle is None else middle - record["quiet"]
    comparable = middle if record["quiet"] == record["debounce"] else None
    told = [round for round in rounds if "warm" in round]
    return [cells["name"], number(record["quiet"]), str(whole.count if whole else 0),
            str(sum(round["serving"] is None for round in rounds)), number(median(round["first"] for round in rounds)),
            number(middle), number(whole and whole.p90), number(whole and whole.most), times(ratio(comparable, same_quiet)),
            number(less), times(ratio(less, less_quiet)), number(outage and outage.median), number(outage and outage.most),
            "-" if ending is None or not outage else number(outage.median - ending),
            "%d/%d" % (sum(round["warm"] for round in told), len(rounds)) if told else "-"]


def phases(results):
    """Medians of what mesh-dev says of its own reloads."""
    told = [(record, [round["phases"] for round in record["rounds"] if round.get("phases")])
            for record in results.get("reload", [])]
    names = list(dict.fromkeys(name for _, rounds in told for parts in rounds for name in parts))
    rows = [[record["tool"], title_of(record)] + [number(median(parts.get(name) for parts in rounds)) for name in names]
            for record, rounds in told if rounds]
    return Table("Phases of a reload, as mesh-dev tells them", ["tool", "reload"] + names, rows,
                 "Medians in milliseconds.", names=2)


def fallbacks(results):
    """Such reloads are warm, but hide no imports."""
    rows = [[record["tool"], title_of(record), reason] for record in results.get("reload", [])
            for reason in dict.fromkeys(record.get("fallbacks", []))]
    return Table("Where refresh fell back to restart", ["tool", "reload", "because"], rows, names=3)


def broken(results):
    rows = []
    for record in results.get("reload", []):
        rounds = record["broken"]
        if rounds:
            while_broken = [round["down_while_broken"] for round in rounds]
            until_mended = summary(round["down_until_mended"] for round in rounds)
            rows.append([record["tool"], title_of(record), str(len(rounds)), str(sum(down == 0 for down in while_broken)),
                         number(median(while_broken)), number(max(while_broken)),
                         number(until_mended.median), number(until_mended.most)])
    return Table("A save that does not compile, then one that does",
                 ["tool", "reload", "n", "kept serving", "down while broken", "max", "down until mended", "max"], rows,
                 "For how many milliseconds nothing answered: until the good save, and until that was served.", names=2)


def starts_alone(results):
    """The starts of agents without any tool, by kind of agent."""
    grouped = {}
    for record in results.get("alone", []):
        grouped.setdefault(record["agent"], []).append(record)
    return grouped


def alone(results):
    rows = []
    for kind, starts in starts_alone(results).items():
        rows.append([kind] + [number(median(start[part] for start in starts)) for part in ("first", "serving", "ending")])
    return Table("The agents by themselves, without any tool",
                 ["agent", "start to first line", "start to serving", "end by SIGTERM"], rows, "Medians in milliseconds.")
