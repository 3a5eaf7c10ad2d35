"""Asks an agent over and over who it is, and works out from the answers for how long nobody was there.

All times are nanoseconds of the monotonic clock, which every process of the machine shares.
"""
import json
import socket
import time
from collections import namedtuple

Answer = namedtuple("Answer", "generation first pid")
Probe = namedtuple("Probe", "at answer")

REQUEST = b"GET /who HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
PAUSE_AFTER_ANSWER = 0.004
PAUSE_AFTER_FAILURE = 0.001
LONGEST_ANSWER = 1.0


def ask(port, limit=LONGEST_ANSWER):
    """The answer of whoever serves there, or None; waits at most `limit` seconds for each step."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=limit) as connection:
            connection.sendall(REQUEST)
            return parse(read_all(connection))
    except (OSError, ValueError, KeyError):
        return None


def read_all(connection):
    parts = []
    while True:
        part = connection.recv(65536)
        if not part:
            return b"".join(parts)
        parts.append(part)


def parse(response):
    head, _, body = response.partition(b"\r\n\r\n")
    if b" 200 " not in head.split(b"\r\n")[0]:
        raise ValueError("not served")
    told = json.loads(body.decode())
    return Answer(told["generation"], told["first"], told["pid"])


class Timeline:
    """Everything that was asked of one port, and what came back."""

    def __init__(self, port):
        self.port = port
        self.probes = []

    def until(self, generation, limit, alive=lambda: True):
        """The first probe that this generation or a later one answered; None after `limit` seconds or without a tool."""
        return self._until(lambda answer: answer.generation >= generation, limit, alive)

    def watch(self, seconds):
        """Asks for so long, whoever answers."""
        self._until(lambda answer: False, seconds, lambda: True)

    def _until(self, wanted, limit, alive):
        deadline = time.monotonic() + limit
        while time.monotonic() < deadline and alive():
            answer = ask(self.port)
            probe = Probe(time.monotonic_ns(), answer)
            self.probes.append(probe)
            if answer and wanted(answer):
                return probe
            time.sleep(PAUSE_AFTER_ANSWER if answer else PAUSE_AFTER_FAILURE)
        return None


def outage_ms(probes, generation):
    """From the last answer of an older generation to the first of this one; None where one of them is missing."""
    last = None
    for probe in probes:
        if probe.answer and probe.answer.generation >= generation:
            return (probe.at - last) / 1e6 if last is not None else None
        if probe.answer:
            last = probe.at
    return None


def down_ms(probes):
    """For how long nothing served: between answers, where at least one question in between found nobody.

    What is down at the end counts until the last question."""
    down = 0
    last = probes[0].at if probes else 0
    failed = False
    for probe in probes:
        if probe.answer is None:
            failed = True
            continue
        if failed:
            down += probe.at - last
        last, failed = probe.at, False
    if failed:
        down += probes[-1].at - last
    return down / 1e6
