import uvicorn  # noqa: F401  (the SDK starts it within the second it waits for decorators; found late, it starts two)

import mesh
from fastmcp import FastMCP

app = FastMCP("Provider")


@app.tool()
@mesh.tool(capability="stock")
def get_stock() -> str:
    return "stock @VERSION@"


@app.tool()
@mesh.tool(capability="price")
def get_price() -> str:
    return "price @VERSION@"


@mesh.agent(name="provider", http_port=@PORT@, auto_run=True)
class Provider:
    pass
