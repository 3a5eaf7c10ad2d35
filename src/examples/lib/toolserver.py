"""A tool server small enough to read in a minute: ``GET /health``, and ``tools/list`` and ``tools/call`` of MCP."""

import json
import os
import signal
import sys
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

JSON_TYPES = {str: "string", int: "integer", float: "number", bool: "boolean"}


class ToolServer:
    """Serves the functions that are marked with :meth:`tool` until it is told to stop."""

    def __init__(self, name: str, default_port: int = 0):
        self.name = name
        # mesh-dev offers each agent its port again after a reload, so that clients find it where it was.
        self.port = int(os.environ.get("MCP_MESH_HTTP_PORT") or default_port)
        self._tools: dict[str, Callable] = {}

    def tool(self, function: Callable) -> Callable:
        """Offers a function as a tool; its name, docstring and annotations describe it."""
        self._tools[function.__name__] = function
        return function

    def run(self) -> None:
        """Serves until SIGTERM or Ctrl-C, then closes the port and returns."""
        # An exception is the simplest way out of serve_forever().
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        with ThreadingHTTPServer(("127.0.0.1", self.port), self._handler()) as server:
            print(f"{self.name} listens on http://127.0.0.1:{server.server_port}", flush=True)
            try:
                server.serve_forever()
            except KeyboardInterrupt:
                pass

    def answer(self, request: object) -> dict:
        """The JSON-RPC answer to a request."""
        if not isinstance(request, dict):
            return _failure(None, -32600, "a request is a JSON object")
        number, method, params = request.get("id"), request.get("method"), request.get("params", {})
        if method == "tools/list":
            return _result(number, {"tools": [_describe(tool) for tool in self._tools.values()]})
        if method != "tools/call":
            return _failure(number, -32601, f"no method {method!r}")
        if not isinstance(params, dict) or str(params.get("name")) not in self._tools:
            return _failure(number, -32602, f"params name no tool: {params!r}")
        tool = self._tools[params["name"]]
        return _result(number, _call(tool, params.get("arguments") or {}))

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        tools = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                if self.path == "/health":
                    self._reply(200, {"status": "ok", "agent": tools.name, "pid": os.getpid()})
                else:
                    self._reply(404, {"error": f"no {self.path} here"})

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                if self.path != "/mcp":
                    self._reply(404, {"error": f"no {self.path} here"})
                    return
                try:
                    request = json.loads(body)
                except ValueError as error:
                    self._reply(200, _failure(None, -32700, f"not JSON: {error}"))
                else:
                    self._reply(200, tools.answer(request))

            def _reply(self, status: int, content: dict) -> None:
                body = json.dumps(content).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format, *args):
                """Health checks come often and say nothing new."""
                if self.path != "/health":
                    print(format % args, flush=True)

        return Handler


def _call(tool: Callable, arguments: dict) -> dict:
    """What the tool says; a failing tool is an answer of its own and never stops the agent."""
    try:
        text, failed = str(tool(**arguments)), False
    except Exception as error:
        text, failed = f"{type(error).__name__}: {error}", True
    return {"content": [{"type": "text", "text": text}], "isError": failed}


def _describe(tool: Callable) -> dict:
    parameters = {name: kind for name, kind in tool.__annotations__.items() if name != "return"}
    optional = len(tool.__defaults__ or ())
    return {
        "name": tool.__name__,
        "description": tool.__doc__,
        "inputSchema": {
            "type": "object",
            "properties": {name: {"type": JSON_TYPES.get(kind, "string")} for name, kind in parameters.items()},
            "required": list(parameters)[: len(parameters) - optional],
        },
    }


def _result(number: object, result: dict) -> dict:
    return {"jsonrpc": "2.0", "id": number, "result": result}


def _failure(number: object, code: int, message: str) -> dict:
    return {"jsonrpc": "2.0", "id": number, "error": {"code": code, "message": message}}
