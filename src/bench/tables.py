"""Tables of text: names to the left, numbers to the right."""
import textwrap


class Table:
    """Cells are text already; the first `names` columns are no numbers; `note` says how to read it."""

    def __init__(self, title, headers, rows, note="", names=1):
        self.title = title
        self.headers = headers
        self.rows = rows
        self.note = note
        self.names = names

    def text(self):
        lines = [self.headers] + self.rows
        widths = [max(len(line[column]) for line in lines) for column in range(len(self.headers))]
        body = ["  ".join(self._aligned(line, widths)).rstrip() for line in lines]
        return "\n".join([self.title, "-" * len(body[0])] + body + textwrap.wrap(self.note, 120)) + "\n"

    def markdown(self):
        marks = ["---"] * self.names + ["---:"] * (len(self.headers) - self.names)
        body = ["| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in [self.headers, marks] + self.rows]
        return "\n".join(["### " + self.title, ""] + body + (["", self.note] if self.note else [])) + "\n"

    def _aligned(self, line, widths):
        for column, (cell, width) in enumerate(zip(line, widths)):
            yield cell.ljust(width) if column < self.names else cell.rjust(width)


def number(value, digits=0):
    """A dash for what is not known."""
    return "-" if value is None else "%.*f" % (digits, value)


def times(value):
    """A ratio."""
    return "-" if value is None else "%.2f×" % value
