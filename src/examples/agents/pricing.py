"""Knows what things cost. The prices are in config/prices.yaml; saving that file reloads this agent."""

from pathlib import Path

from lib.toolserver import ToolServer

PRICES_FILE = Path(__file__).resolve().parent.parent / "config" / "prices.yaml"

server = ToolServer("pricing", default_port=9002)


def read_prices(file: Path) -> dict[str, float]:
    """Reads lines of ``thing: price``, which is all the YAML that this example needs."""
    lines = (line.partition("#")[0].strip() for line in file.read_text(encoding="utf-8").splitlines())
    pairs = (line.split(":", 1) for line in lines if line)
    return {thing.strip(): float(price) for thing, price in pairs}


prices = read_prices(PRICES_FILE)


@server.tool
def price(thing: str) -> float:
    """The net price of a thing, in euro."""
    if thing not in prices:
        raise ValueError(f"{thing!r} is not for sale")
    return prices[thing]


@server.tool
def catalogue() -> str:
    """Everything that is for sale."""
    return ", ".join(sorted(prices))


if __name__ == "__main__":
    server.run()
