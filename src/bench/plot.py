"""Draws reloads as a picture (SVG): a bar to the median, a whisker from the least to the ninth of ten, the outage below.

Colours follow the reader's light or dark scheme; numbers stand beside the bars, so that no colour has to be told apart.
"""
from xml.sax.saxutils import escape

import reload_tables
from samples import summary

WIDTH = 860
LEFT = 190
RIGHT = 110
ROW = 34
TITLE = 40
BOTTOM = 34
LEGEND = "bar: median ms from save to serving, its pale part the quiet time; line: least to p90; thin bar: median outage. "
STYLE = """
text { font: 12px system-ui, sans-serif; fill: #24292f; }
.title { font-weight: 600; font-size: 13px; }
.small { font-size: 10px; fill: #57606a; }
.peer { fill: #8c959f; } .ours { fill: #0969da; } .quiet { fill: #ffffff; fill-opacity: .45; }
.outage { fill: #d1622b; } .whisker { stroke: #24292f; stroke-width: 1.5; } .grid { stroke: #d0d7de; }
.page { fill: #ffffff; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3; } .small { fill: #9198a1; } .peer { fill: #6e7681; } .ours { fill: #4493f8; } .quiet { fill: #0d1117; }
  .outage { fill: #f0883e; } .whisker { stroke: #e6edf3; } .grid { stroke: #30363d; } .page { fill: #0d1117; }
}
"""


def svg(results):
    """A panel for each group of reloads that may be compared."""
    parts, top = [], 10
    for key, records in reload_tables.groups(results).items():
        panel, height = panel_of(reload_tables.group_title(key), records, top)
        parts += panel
        top += height
    parts.append(words(10, top + 14, "small", LEGEND + results["machine"]["cpu"]))
    height = top + 26
    return ('<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img">\n<style>%s</style>\n'
            '<rect class="page" width="%d" height="%d"/>\n%s\n</svg>\n'
            % (WIDTH, height, WIDTH, height, STYLE, WIDTH, height, "\n".join(parts)))


def panel_of(title, records, top):
    measured = [(record, summary(round["serving"] for round in record["rounds"])) for record in records]
    measured = sorted((pair for pair in measured if pair[1]), key=lambda pair: pair[1].median)
    step = step_for(max((whole.p90 for _, whole in measured), default=1))
    longest = step * (int(max((whole.p90 for _, whole in measured), default=1) / step) + 1)
    scale = (WIDTH - LEFT - RIGHT) / longest
    bottom = top + TITLE + ROW * len(measured)
    parts = [words(10, top + 18, "title", title)] + grid(step, longest, scale, top + TITLE - 8, bottom)
    for number, (record, whole) in enumerate(measured):
        parts += bars(record, whole, scale, top + TITLE + ROW * number)
    return parts, TITLE + ROW * len(measured) + BOTTOM


def step_for(longest):
    """A round distance of lines that leaves about five of them."""
    step = 1
    while longest / step > 6:
        step *= 2.5 if str(step)[0] == "2" else 2
        step = int(step)
    return step


def grid(step, longest, scale, top, bottom):
    parts = []
    for value in range(0, longest + 1, step):
        x = LEFT + value * scale
        parts.append('<line class="grid" x1="%.1f" y1="%d" x2="%.1f" y2="%d"/>' % (x, top, x, bottom))
        parts.append(words(x, bottom + 13, "small", "%d ms" % value, "middle"))
    return parts


def bars(record, whole, scale, top):
    outage = summary(round["outage"] for round in record["rounds"])
    middle = top + 8
    end = LEFT + max(whole.p90, whole.median) * scale
    return [words(LEFT - 8, top + 13, "", record["tool"], "end"),
            bar("ours" if record["ours"] else "peer", top, 16, whole.median * scale),
            bar("quiet", top, 16, min(record["quiet"], whole.median) * scale),
            bar("outage", top + 18, 5, (outage.median if outage else 0) * scale),
            '<line class="whisker" x1="%.1f" y1="%d" x2="%.1f" y2="%d"/>' % (LEFT + whole.least * scale, middle, end, middle),
            words(end + 6, top + 13, "", "%.0f ms" % whole.median),
            words(end + 6, top + 25, "small", "outage %.0f" % outage.median if outage else "")]


def bar(kind, top, height, width):
    return '<rect class="%s" x="%d" y="%d" width="%.1f" height="%d"/>' % (kind, LEFT, top, max(0, width), height)


def words(x, y, kind, text, anchor="start"):
    return '<text class="%s" x="%.1f" y="%.1f" text-anchor="%s">%s</text>' % (kind, x, y, anchor, escape(text))
