"""Serves the page with the forms to a browser on this machine, and to nobody else."""

from collections.abc import Callable, Mapping
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from rolebook.forms.page import SETTINGS, policy

LOOPBACK = "127.0.0.1"
_TYPES = {
    "html": "text/html; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "woff2": "font/woff2",
}
_HEADERS = {
    "Content-Security-Policy": f"{policy()}; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
_OURS = ("none", "same-origin")
"""Who may ask, as browsers say it: whoever typed the address, and the page itself."""


def form_server(port: int, files: Mapping[str, bytes], settings: Callable[[], bytes]) -> ThreadingHTTPServer:
    """A server of these files, and of settings that are made anew for each reader.

    Raises:
        OSError: the port is taken.
    """
    return ThreadingHTTPServer((LOOPBACK, port), partial(_Handler, files, settings))


class _Handler(BaseHTTPRequestHandler):
    """Answers with one of the files. It writes nothing, and reads no path of the disk."""

    def __init__(self, files: Mapping[str, bytes], settings: Callable[[], bytes], *rest: Any) -> None:
        self._files, self._settings = files, settings
        super().__init__(*rest)

    def do_GET(self) -> None:
        if not self._is_asked_by_us():
            self._answer(HTTPStatus.FORBIDDEN, b"Only the page itself may ask.\n", "txt")
            return
        name = self.path.partition("?")[0].removeprefix("/") or "index.html"
        content = self._settings() if name == SETTINGS else self._files.get(name)
        if content is None:
            self._answer(HTTPStatus.NOT_FOUND, b"There is no such file.\n", "txt")
        else:
            self._answer(HTTPStatus.OK, content, name.rpartition(".")[2])

    def _is_asked_by_us(self) -> bool:
        """Whether the browser asks for this very address, and no other site's page asks it to.

        A site whose name suddenly leads here (DNS rebinding) still has its own name as the host.
        """
        port = self.connection.getsockname()[1]
        host = self.headers.get("Host", "")
        return (
            host in (f"{LOOPBACK}:{port}", f"localhost:{port}")
            and self.headers.get("Origin", f"http://{host}") == f"http://{host}"
            and self.headers.get("Sec-Fetch-Site", "none") in _OURS
        )

    def _answer(self, status: HTTPStatus, content: bytes, ending: str) -> None:
        self.send_response(status)
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Type", _TYPES[ending])
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: object) -> None:
        """Say nothing: what was asked is of no interest."""
