"""Tables of stale code, starts, idle time and memory, from raw results. Everything here is pure."""
from samples import median, quantile, ratio
from tables import Table, number, times


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
