"""Tells the time, on whichever port is free: mesh-dev finds the port, and offers it again after a reload."""

from datetime import datetime

from lib.toolserver import ToolServer

server = ToolServer("clock")


@server.tool
def now(format: str = "%H:%M:%S") -> str:
    """The local time, in the format of strftime."""
    return datetime.now().strftime(format)


if __name__ == "__main__":
    server.run()
