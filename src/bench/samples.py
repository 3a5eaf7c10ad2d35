"""What is said of a row of measurements: the middle, the ends, and the time nine of ten stay below."""
import math
import statistics
from collections import namedtuple

Summary = namedtuple("Summary", "count median p90 least most")


def summary(values):
    """Of numbers in any unit; None where there are none. Missing values (None) are left out."""
    known = sorted(value for value in values if value is not None)
    if not known:
        return None
    return Summary(len(known), statistics.median(known), quantile(known, 0.9), known[0], known[-1])


def quantile(ascending, share):
    """The smallest value that at least this share of all does not exceed (nearest rank)."""
    return ascending[max(0, math.ceil(share * len(ascending)) - 1)]


def median(values):
    """None without values."""
    whole = summary(values)
    return whole.median if whole else None


def ratio(value, base):
    """None where one of them is unknown, or the base nothing to compare with."""
    if value is None or base is None or base <= 0:
        return None
    return value / base
