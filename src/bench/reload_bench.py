#!/usr/bin/env python3
"""Measures tools that restart a program when its source changes, side by side on this machine.

    reload_bench.py [reload|stale|cold|idle|footprint|all ...] [options]

reload     save -> first line executed, save -> serving the new code, outage in between; every tool in turn, round after round
stale      30 edits of the same length, 300 ms apart: does older code run?
cold       shell -> first agent serving
idle       processor time while nothing changes
footprint  memory of the tool alone with 1, 3, ... agents

Tools are looked for on PATH and in the folders of --path; those that are missing are named and left out. Every agent is a
Python program that serves HTTP on a port of 127.0.0.1. Nothing outside a temporary folder and the folder of --out is
written, and all that was started is ended, also when this program is interrupted. Memory and processor time need Linux.

example: reload_bench.py reload cold --agent tiny,heavy --debounce 50,500 --rounds 12 --twice --broken 3
"""
import json
import os
import shutil
import signal
import sys
import tempfile

import options as command_line
import plot
import report
from bench import Bench, tell


def main():
    about, _, example = __doc__.partition("\nexample: ")
    options = command_line.parsed(about, "example: " + example, sys.argv[1:])
    handle_signals()
    if options.render:
        with open(options.render) as file:
            write(json.load(file), options.out)
        return 0
    scratch = tempfile.mkdtemp(prefix="reload-bench-")
    try:
        return measured(Bench(options, scratch), options.out)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def measured(bench, out):
    """Shows whatever is known, also when it is interrupted."""
    if not bench.has_something():
        tell("nothing to measure")
        return 2
    try:
        bench.run()
    finally:
        write(bench.results, out)
    return 0


def write(results, folder):
    """results.json (raw), results.md, results.svg in the folder; the same tables on standard output."""
    os.makedirs(folder, exist_ok=True)
    for name, text in (("results.json", json.dumps(results, indent=1)), ("results.md", report.markdown(results)),
                       ("results.svg", plot.svg(results) if results.get("reload") else "")):
        if text:
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(text)
    sys.stdout.buffer.write((report.text(results) + "\n").encode())
    tell("written to " + folder)


def handle_signals():
    """An interrupt unwinds everything once; another one does not stop the clearing up.

    A handler also gives children the default reaction to Ctrl-C, which some tools use to end an agent."""
    def unwind(number, frame):
        for other in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(other, signal.SIG_IGN)
        raise SystemExit(128 + number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, unwind)


if __name__ == "__main__":
    sys.exit(main())
