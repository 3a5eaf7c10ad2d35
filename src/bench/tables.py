"""Tables of text: the first column to the left, numbers to the right."""


class Table:
    """Cells are text already; `note` is a sentence that says how to read it."""

    def __init__(self, title, headers, rows, note=""):
        self.title = title
        self.headers = headers
        self.rows = rows
        self.note = note

    def text(self):
        lines = [self.headers] + self.rows
        widths = [max(len(line[column]) for line in lines) for column in range(len(self.headers))]
        body = ["  ".join([line[0].ljust(widths[0])] + [cell.rjust(width) for cell, width in zip(line[1:], widths[1:])]).rstrip()
                for line in lines]
        return "\n".join([self.title, "-" * len(body[0])] + body + ([self.note] if self.note else [])) + "\n"

    def markdown(self):
        marks = ["---"] + ["---:"] * (len(self.headers) - 1)
        body = ["| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in [self.headers, marks] + self.rows]
        return "\n".join(["### " + self.title, ""] + body + (["", self.note] if self.note else [])) + "\n"


def number(value, digits=0):
    """A dash for what is not known."""
    return "-" if value is None else "%.*f" % (digits, value)


def times(value):
    """A ratio."""
    return "-" if value is None else "%.2f×" % value
