"""Turns raw results, as they are in the JSON file, into tables. Everything here is pure."""
from samples import median, quantile, ratio, summary
from tables import Table, number, times

RELOAD_HEADERS = ["tool", "quiet", "n", "lost", "first line", "serving", "p90", "max", "of best peer",
                  "less quiet", "of best peer", "outage", "max", "less end", "warm"]
RELOAD_NOTE = ("Milliseconds after the save; medians unless said otherwise. `quiet` is the tool's own quiet time: the first "
               "ratio is to the best peer with the same one; the second, with the quiet time taken off, to the best of all "
               "peers. `outage` is from the last old answer to the first new one; `less end` is what is left of it without the "
               "agent's own end. `warm`: reloads that a ready successor took over.")


def tables(results):
    made = [alone(results), *reloads(results), phases(results), broken(results), stale(results), cold(results), idle(results),
            footprint(results)]
    return [table for table in made if table and table.rows]


def text(results):
    return "\n".join([machine_line(results["machine"]), ""] + [table.text() for table in tables(results)])


def markdown(results):
    return "\n".join(["## Benchmark", "", machine_line(results["machine"]), ""] + [table.markdown() for table in tables(results)])


def machine_line(machine):
    tools = ", ".join("%s (%s)" % pair for pair in machine["tools"].items())
    return "; ".join(["%s, %s cores, %s" % (machine["cpu"], machine["cores"], machine["kernel"]), ", ".join(machine["python"]),
                      machine["java"], "tools: " + tools])


# --- Reloads ---------------------------------------------------------------------------------------------------------------


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


# --- The rest ---------------------------------------------------------------------------------------------------------------


def stale(results):
    rows = [[record["tool"], number(record["debounce"]), str(record["edits"]), str(record["launches"]),
             str(record["stale_launches"]), "%d/%d" % (record["stale_answers"], record["answers"])]
            for record in results.get("stale", [])]
    return Table("Edits of the same length, 300 ms apart",
                 ["tool", "debounce", "edits", "launches", "of stale code", "stale answers at last"], rows,
                 "A launch counts as stale when it ran older code than was saved before its first line; "
                 "`stale answers at last` were given after everything had settled.")


def cold(results):
    starts = {}
    for record in results.get("cold", []):
        starts.setdefault(record["tool"], []).append(record)
    middle = {tool: median(start["serving"] for start in records) for tool, records in starts.items()}
    best = min((middle[tool] for tool, records in starts.items() if not records[0]["ours"]), default=None)
    rows = []
    for tool, records in sorted(starts.items(), key=lambda item: middle[item[0]]):
        times_ = sorted(record["serving"] for record in records)
        rows.append([tool, str(len(records)), number(median(record["first"] for record in records)), number(middle[tool]),
                     number(quantile(times_, 0.9)), number(times_[-1]), times(ratio(middle[tool], best)),
                     times(ratio(middle[tool], middle.get("nodemon")))])
    return Table("Shell to first agent serving",
                 ["tool", "n", "first line", "serving", "p90", "max", "of best peer", "of nodemon"], rows,
                 "Medians in milliseconds.")


def idle(results):
    rows = [[record["tool"], number(record["percent"], 2), number(record["seconds"])] for record in results.get("idle", [])]
    return Table("Idle", ["tool", "% of a core", "seconds"], rows, "Processor time of the tool without its agents.")


def footprint(results):
    records = results.get("footprint", [])
    rows = [[record["tool"], str(record["agents"]), number(record["tool_mb"], 1), number(further(record, records), 2),
             number(record["agents_mb"], 1), number(record["standbys_mb"], 1), str(record["standbys"]), str(record["processes"])]
            for record in records]
    return Table("Memory",
                 ["tool", "agents", "tool MB", "per further agent", "agents MB", "standbys MB", "standbys", "processes"], rows,
                 "Proportional memory (PSS). Tools that take one agent run once for each. `per further agent` counts from the "
                 "row with the next fewer agents of the same tool.")


def further(record, records):
    """MB of the tool for each agent more than in the next smaller measurement."""
    smaller = [other for other in records if other["tool"] == record["tool"] and other["agents"] < record["agents"]]
    if not smaller:
        return None
    before = max(smaller, key=lambda other: other["agents"])
    return (record["tool_mb"] - before["tool_mb"]) / (record["agents"] - before["agents"])
