"""Adds tax to orders. Edit and save this file while it runs: only this agent reloads."""

from lib.tax import with_tax
from lib.toolserver import ToolServer

server = ToolServer("orders", default_port=9001)


@server.tool
def total(net: float, country: str = "DE") -> float:
    """What a customer in the country pays for a net amount."""
    return with_tax(net, country)


if __name__ == "__main__":
    server.run()
