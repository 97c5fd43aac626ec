"""The little of FastAPI that the Hyperspell page's sample uses, as an ASGI app. Harness, not sample."""
import inspect
import json


class HTTPException(Exception):
    def __init__(self, status_code, detail=None):
        super().__init__(detail)
        self.status_code = status_code
        self.detail = detail


class Headers:
    def __init__(self, pairs):
        self._values = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in pairs}

    def get(self, name, default=None):
        return self._values.get(name.lower(), default)


class Request:
    def __init__(self, scope, body):
        self.headers = Headers(scope["headers"])
        self._body = body

    async def body(self):
        return self._body


class FastAPI:
    def __init__(self):
        self._routes = {}

    def post(self, path):
        def register(handler):
            self._routes[path] = handler
            return handler

        return register

    async def __call__(self, scope, receive, send):
        status, answer = await self._answer(scope, (await receive())["body"])
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": json.dumps(answer).encode()})

    async def _answer(self, scope, body):
        handler = self._routes.get(scope["path"])
        if handler is None:
            return 404, {"detail": "Not Found"}
        arguments = {}
        # Like FastAPI: a Request is the request, any other class is the body's model.
        for name, parameter in inspect.signature(handler).parameters.items():
            kind = parameter.annotation
            kind = handler.__globals__[kind] if isinstance(kind, str) else kind
            try:
                arguments[name] = Request(scope, body) if kind is Request else kind(**json.loads(body))
            except (ValueError, TypeError) as error:
                return 422, {"detail": str(error)}
        try:
            return 200, await handler(**arguments)
        except HTTPException as error:
            return error.status_code, {"detail": error.detail}
