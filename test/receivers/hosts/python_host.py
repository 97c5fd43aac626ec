"""Runs the Python samples of a folder, as its own process.

One JSON request per line on stdin {id, kind, file, headers, body (base64), secret}, one answer per line on stdout
{id, status}. The second argument `shims` leaves real packages alone even where they are installed.
"""
import __future__
import asyncio
import base64
import importlib
import json
import os
import sys

FOLDER = sys.argv[1]
SHIMS = "shims" in sys.argv[2:]
# Before 3.10 `str | None` means something only as text, which just the shims can read.
OLD = sys.version_info < (3, 10)
FLAGS = __future__.annotations.compiler_flag if OLD else 0


def provide(name):
    """The real package where it can be imported, else its shim under the same name."""
    if not SHIMS and not OLD:
        try:
            importlib.import_module(name)
            return
        except ImportError:
            pass
    sys.modules[name] = importlib.import_module(f"{name}_shim")


sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
provide("pydantic")
# The real FastAPI knows only the real pydantic.
if sys.modules.get("pydantic", None) is sys.modules.get("pydantic_shim", ""):
    SHIMS = True
provide("fastapi")

MODULES = {}


def load(file):
    if file not in MODULES:
        with open(os.path.join(FOLDER, file), encoding="utf-8") as source:
            code = compile(source.read(), file, "exec", flags=FLAGS, dont_inherit=True)
        names = {"__name__": file.replace(".py", "").replace("/", ".")}
        exec(code, names)
        # Where pydantic looks up what annotations name.
        MODULES[file] = names
    return MODULES[file]


def serve(names, path, headers, body):
    """One ASGI request to the sample's app."""
    raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": raw,
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }
    statuses = []

    async def receive():
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message):
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    asyncio.run(names["app"](scope, receive, send))
    return statuses[0]


def status_of(asked):
    body = base64.b64decode(asked["body"])
    names = load(asked["file"])
    kind = asked["kind"]
    try:
        if "path" in kind:
            names[kind["secretName"]] = asked["secret"]
            return serve(names, kind["path"], asked["headers"], body)
        values = {"payload": body, "secret": asked["secret"], "signature": asked["headers"].get(kind["header"])}
        accepted = names["verify_signature"](*[values[name] for name in kind["order"]])
        return 200 if accepted else 401
    except Exception:
        # What a framework answers for a handler that raised: these samples do without a signature header.
        return 500


for line in sys.stdin:
    request = json.loads(line)
    try:
        answer = {"id": request["id"], "status": status_of(request)}
    except Exception as error:
        answer = {"id": request["id"], "error": repr(error)}
    print(json.dumps(answer), flush=True)
