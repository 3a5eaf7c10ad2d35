"""What a state may hold: that which comes back from JSON as it went. Loaded at the first use of the state."""
import json


def encoded(data):
    """All of it as JSON. Raises TypeError, naming the key whose value is none."""
    try:
        return json.dumps(data)
    except (TypeError, ValueError, RecursionError):
        for key in data:
            check(key, data[key])
        raise


def check(key, value):
    """Raises TypeError unless the value comes back from JSON as it is, tuples apart."""
    if not isinstance(key, str):
        raise TypeError("keys of the state are strings, not %s: %.80r" % (type(key).__name__, key))
    try:
        same = bool(json.loads(json.dumps(value)) == value)
    except (TypeError, ValueError, RecursionError) as e:
        raise TypeError("state[%.80r] can't be kept: %s" % (key, e)) from None
    if not same:
        _check_inner(key, value)


def _check_inner(key, value):
    if isinstance(value, dict):
        for inner in value:
            if not isinstance(inner, str):
                raise TypeError("state[%.80r] can't be kept: the key %.80r inside it is no string, and would come back as one"
                                % (key, inner))
        value = value.values()
    elif not isinstance(value, (list, tuple)):
        return
    for each in value:
        _check_inner(key, each)
