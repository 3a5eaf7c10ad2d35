"""Turns raw results, as they are in the JSON file, into text and Markdown. Everything here is pure."""
from cost_tables import cold, footprint, idle, stale
from reload_tables import alone, broken, fallbacks, phases, reloads


def tables(results):
    made = [alone(results), *reloads(results), phases(results), fallbacks(results), broken(results), stale(results),
            cold(results), idle(results), footprint(results)]
    return [table for table in made if table and table.rows]


def text(results):
    return "\n".join([machine_line(results["machine"]), ""] + [table.text() for table in tables(results)])


def markdown(results):
    return "\n".join(["## Benchmark", "", machine_line(results["machine"]), ""] + [table.markdown() for table in tables(results)])


def machine_line(machine):
    tools = ", ".join("%s (%s)" % pair for pair in machine["tools"].items())
    return "; ".join(["%s, %s cores, %s" % (machine["cpu"], machine["cores"], machine["kernel"]), ", ".join(machine["python"]),
                      machine["java"], "tools: " + tools])
