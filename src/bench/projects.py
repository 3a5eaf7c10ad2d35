"""The agents that are reloaded: real files in a folder of their own, written as an editor would write them.

An agent tells over HTTP which generation of its source it runs, when its first line was executed, and its pid.
"""
import os
import socket
import time

FIRST_GENERATION = 1000000
"""Seven digits for ever, so that all generations have the same length."""

HEAD = "import time; FIRST = time.monotonic_ns()\n"

PLAIN = HEAD + '''import json
import os
import socketserver
from http.server import BaseHTTPRequestHandler
{imports}
GENERATION = {generation}


class Who(BaseHTTPRequestHandler):
    def do_GET(self):
        body = json.dumps({{"generation": GENERATION, "first": FIRST, "pid": os.getpid()}}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *told):
        pass


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


if __name__ == "__main__":
    Server(("127.0.0.1", {port}), Who).serve_forever()
'''

WEB = HEAD + '''import os
import fastapi
import uvicorn

GENERATION = {generation}
app = fastapi.FastAPI()


@app.get("/who")
async def who():
    return {{"generation": GENERATION, "first": FIRST, "pid": os.getpid()}}


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port={port}, log_level="warning")
'''

BROKEN = "def broken(:\n"


class Kind:
    """How an agent is written: a template of its source, and of a module beside it if that is what is edited."""

    def __init__(self, source, imports="", needs=(), module=""):
        self.source = source
        self.imports = imports
        self.needs = needs
        self.module = module


KINDS = {
    "tiny": Kind(PLAIN),
    "web": Kind(WEB, needs=("fastapi", "uvicorn")),
    "heavy": Kind(PLAIN, imports="import fastapi\nimport numpy\nimport pandas\n", needs=("numpy", "pandas", "fastapi")),
    "module": Kind(PLAIN.replace("GENERATION = {generation}", "from constant import GENERATION"),
                   module="GENERATION = {generation}\n"),
}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Project:
    """One agent in a folder of its own or beside others, and the generation that was saved last."""

    def __init__(self, folder, kind, name="agent"):
        self.folder = folder
        self.kind = KINDS[kind]
        self.port = free_port()
        self.generation = FIRST_GENERATION
        self.agent = os.path.join(folder, name + ".py")
        self.edited = os.path.join(folder, "constant.py") if self.kind.module else self.agent
        os.makedirs(folder, exist_ok=True)
        if self.kind.module:
            self._replace(self.agent, self._filled(self.kind.source))
        self.save()

    @property
    def files(self):
        return sorted({self.agent, self.edited})

    def save(self):
        """Saves the next generation; answers when it was in place."""
        self.generation += 1
        return self._replace(self.edited, self._filled(self.kind.module or self.kind.source))

    def save_broken(self):
        """Saves what does not compile; answers when it was in place."""
        return self._replace(self.edited, BROKEN)

    def _filled(self, template):
        return template.format(generation=self.generation, port=self.port, imports=self.kind.imports)

    def _replace(self, path, text):
        """By renaming, as most editors do. The new file is written outside, where nobody watches."""
        draft = os.path.join(os.path.dirname(self.folder), ".draft-%d-%s" % (self.port, os.path.basename(path)))
        with open(draft, "w") as file:
            file.write(text)
        now = time.monotonic_ns()
        os.replace(draft, path)
        return now
