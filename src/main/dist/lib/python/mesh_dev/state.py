"""A dict that outlives the process: state["visits"] = 3, state.incr("visits").

With MCP_MESH_PRESERVE_STATE=true and MCP_MESH_STATE_DIR, which mesh-dev sets under preserve_state, it is kept in
state.json of that folder; without them it is a plain dict in memory. Keys are strings, values are JSON: tuples come back
as lists. Each change of the dict itself is on disk when it returns; a change inside a value (state["seen"].append(1)) is
with the next one, with state.save(), or at a normal exit. The process that used it first writes; forked children and
other processes have copies of their own.

The import reads nothing and loads nothing: that, and the modules it takes, come with the first use.
"""
import _thread
import atexit
import os
from _collections_abc import MutableMapping  # as os does; the public name loads all of collections, which costs 3 ms

_NEVER = object()
_MISSING = object()


class State(MutableMapping):
    """The dict. A change replaces its content as a whole, so readers and iterators of other threads need no lock."""

    def __init__(self):
        self._lock = _thread.RLock()
        self._data = None
        self._store = None
        self._written = _NEVER  # the hash of what is on disk
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._forked)
        atexit.register(self._at_exit)

    def _forked(self):
        self._lock = _thread.RLock()  # a thread that is not here may have had it

    def _content(self):
        if self._data is None:
            with self._lock:
                if self._data is None:
                    self._load()
        return self._data

    def _load(self):
        """At the first use and not at the import: what is imported ahead of its time must not read."""
        from mesh_dev import _store, _values
        folder = os.environ.get("MCP_MESH_STATE_DIR", "")
        wanted = os.environ.get("MCP_MESH_PRESERVE_STATE", "").lower() in ("true", "1", "yes", "on")
        if not wanted or not folder:
            self._data = {}
            return
        store = _store.Store(folder)
        data = store.read()
        text = _values.encoded(data)
        if self._data is None:  # no signal handler was faster
            self._written = hash(text)
            self._store = store
            self._data = data

    def _change(self, change, *changed):
        """Applies a change to a copy, which takes the place of the content when it can be kept; returns its answer."""
        from mesh_dev import _values
        with self._lock:
            while True:
                before = self._content()
                after = dict(before)
                answer = change(after)
                for key in changed:
                    _values.check(key, after[key])
                text = _values.encoded(after) if self._store and self._store.may_write() else None
                if self._data is before:  # no signal handler was faster
                    self._data = after
                    self._write(after, text)
                    return answer

    def _write(self, data, text):
        from mesh_dev import _values
        while text is not None and hash(text) != self._written and self._store.write(text):
            self._written = hash(text)
            if self._data is data:
                return
            data = self._data  # of a signal handler that came in between
            text = _values.encoded(data)

    def save(self):
        """Writes what changed inside the values. Raises TypeError, naming the key, when one of them is not JSON."""
        from mesh_dev import _values
        with self._lock:
            data = self._content()
            for key in data:
                _values.check(key, data[key])
            if self._store and self._store.may_write():
                self._write(data, _values.encoded(data))

    def _at_exit(self):
        if self._store is None or self._store.pid != os.getpid():
            return
        try:
            self.save()
        except TypeError as e:
            self._store.say("%s; what changed inside values since the last assignment is not kept" % e)

    def incr(self, key, by=1):
        """Adds to a number, 0 when there is none, and returns the sum; no other thread comes in between."""
        def add(data):
            data[key] = data.get(key, 0) + by
            return data[key]
        return self._change(add, key)

    def __getitem__(self, key):
        return self._content()[key]

    def __setitem__(self, key, value):
        self._change(lambda data: data.__setitem__(key, value), key)

    def __delitem__(self, key):
        self._change(lambda data: data.__delitem__(key))

    def __iter__(self):
        return iter(self._content())

    def __reversed__(self):
        return reversed(list(self._content()))

    def __len__(self):
        return len(self._content())

    def __contains__(self, key):
        return key in self._content()

    def __repr__(self):
        return "mesh_dev.state(%r)" % (self._content(),)

    def __reduce__(self):
        return dict, (dict(self._content()),)

    def copy(self):
        """A plain dict with the same content."""
        return dict(self._content())

    def pop(self, key, default=_MISSING):
        return self._change(lambda data: data.pop(key) if default is _MISSING else data.pop(key, default))

    def popitem(self):
        return self._change(lambda data: data.popitem())

    def clear(self):
        self._change(lambda data: data.clear())

    def setdefault(self, key, default=None):
        return self._change(lambda data: data.setdefault(key, default), key)

    def update(self, *others, **more):
        """All of it or, when something in it is not JSON, nothing."""
        new = dict(*others, **more)
        self._change(lambda data: data.update(new), *new)

    def __or__(self, other):
        return self._joined(self, other)

    def __ror__(self, other):
        return self._joined(other, self)

    @staticmethod
    def _joined(first, second):
        if not isinstance(first, (dict, State)) or not isinstance(second, (dict, State)):
            return NotImplemented
        joined = dict(first)
        joined.update(second)
        return joined

    def __ior__(self, other):
        self.update(other)
        return self


state = State()
