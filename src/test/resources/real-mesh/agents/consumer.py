import uvicorn  # noqa: F401  (as in provider.py)

import mesh
from fastmcp import FastMCP
from mesh import McpMeshTool

app = FastMCP("Consumer")


@app.tool()
@mesh.tool(capability="offer", dependencies=["stock", "price"])
async def get_offer(stock: McpMeshTool = None, price: McpMeshTool = None) -> str:
    if stock is None or price is None:
        raise RuntimeError("a dependency is missing")
    return f"{await stock()}, {await price()}"


@mesh.agent(name="consumer", http_port=@PORT@, auto_run=True)
class Consumer:
    pass
