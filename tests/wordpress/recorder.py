"""Recorder: a server between WordPress and the filter that writes down each call.

It passes calls on to a real server (or asks the stub), and acts out a server in
trouble: `mode` names the trouble, see `bent`.
"""

import http.client
import http.server
import threading
import time
import urllib.parse
import uuid
from dataclasses import dataclass, field

from wordpress.stub import Reply, Stub

# What belongs to one connection, or is written anew when an answer is passed on.
OF_THE_CONNECTION = {
    "connection",
    "content-length",
    "date",
    "keep-alive",
    "server",
    "transfer-encoding",
}
TROUBLES: dict[str, Reply] = {
    "http-500": Reply(500, {"Content-Type": "text/html"}, "<h1>Internal error</h1>"),
    "http-429": Reply(429, {"Retry-After": "60"}, "slow down"),
}


@dataclass(frozen=True)
class Call:
    """One request of the plugin, and what it was answered (None: nothing)."""

    method: str
    path: str
    body: str
    fields: dict[str, str] = field(default_factory=dict)
    reply: Reply | None = None

    @property
    def name(self) -> str:
        """The call without its version: `comment-check`."""
        return self.path.rsplit("/", 1)[-1]

    @property
    def answer(self) -> Reply:
        """The reply.

        Raises:
            AssertionError: There was none.
        """
        if self.reply is None:
            raise AssertionError(f"{self.name} was not answered")
        return self.reply


def bent(mode: str, reply: Reply) -> Reply | None:
    """Return the reply of a server with the trouble `mode`; None is to hang up."""
    guid = reply.header("X-akismet-guid") or uuid.uuid4().hex
    bare = reply.without_protocol_headers()
    name, _, argument = mode.partition(":")
    if name == "sleep":
        time.sleep(float(argument))
        return reply
    if name in ("ok", "hang-up"):
        return reply if name == "ok" else None
    if name == "recheck-after":
        return reply.changed(X_akismet_recheck_after=argument)
    if name in TROUBLES:
        return TROUBLES[name]
    return {
        "http-503-guid": bare.changed(status=503, body="busy", X_akismet_guid=guid),
        "empty": bare.changed(body=""),
        "invalid": bare.changed(body="invalid"),
        "invalid-guid": bare.changed(body="invalid", X_akismet_guid=guid),
        "newline": reply.changed(body=reply.body + "\n"),
        "no-guid": bare,
        "status-500-true": reply.changed(status=500),
        "error-header": reply.changed(X_akismet_error="10003"),
        "discard": bare.changed(
            body="true", X_akismet_guid=guid, X_akismet_pro_tip="discard"
        ),
        "spam": bare.changed(body="true", X_akismet_guid=guid),
        "alert": reply.changed(
            X_akismet_alert_code="10009", X_akismet_alert_msg="The key is suspended."
        ),
    }[name]


class Recorder(http.server.ThreadingHTTPServer):
    """Listens on a free port of 127.0.0.1 from `start` to `stop`.

    Args:
        key: The key that the stub takes.
        upstream: Address of the server that answers; the stub does where it is empty.
    """

    daemon_threads = True

    def __init__(self, key: str, upstream: str = "") -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.upstream = upstream
        self.seen: list[Call] = []
        self.mode = "ok"
        self._stub = Stub([key])
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self.serve_forever, daemon=True)

    @property
    def url(self) -> str:
        """The recorder's own address."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def stop(self) -> None:
        """Stop answering and close the port."""
        self.shutdown()
        self.server_close()
        self._thread.join()

    def note(self, call: Call) -> None:
        """Keep a call."""
        with self._lock:
            self.seen.append(call)

    def ask(
        self, asked: "_Handler", body: bytes, fields: dict[str, str]
    ) -> Reply | None:
        """Return what the server behind says, bent by the mode."""
        if self.mode == "hang-up":
            return None
        if not self.upstream:
            path = urllib.parse.urlsplit(asked.path).path
            return bent(self.mode, self._stub.answer(path, fields))
        try:
            return bent(self.mode, self._pass_on(asked, body))
        except (OSError, http.client.HTTPException):
            return None

    def _pass_on(self, asked: "_Handler", body: bytes) -> Reply:
        address = urllib.parse.urlsplit(self.upstream)
        link = http.client.HTTPConnection(address.netloc, timeout=60)
        own = OF_THE_CONNECTION | {"host", "expect"}
        headers = {k: v for k, v in asked.headers.items() if k.lower() not in own}
        try:
            link.request(
                asked.command, address.path + asked.path, body or None, headers
            )
            reply = link.getresponse()
            text = reply.read().decode("utf-8", "replace")
        finally:
            link.close()
        kept = [
            (k, v) for k, v in reply.getheaders() if k.lower() not in OF_THE_CONNECTION
        ]
        return Reply(reply.status, dict(kept), text)


class _Handler(http.server.BaseHTTPRequestHandler):
    server: Recorder

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        text = body.decode("utf-8", "replace")
        fields = dict(urllib.parse.parse_qsl(text, keep_blank_values=True))
        reply = self.server.ask(self, body, fields)
        path = urllib.parse.urlsplit(self.path).path
        self.server.note(Call(self.command, path, text, fields, reply))
        self.close_connection = True
        if reply is not None:
            self._send(reply)

    def _send(self, reply: Reply) -> None:
        data = reply.body.encode()
        try:
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(data)
        except OSError:
            pass  # the plugin has given up waiting

    do_GET = do_POST = _serve  # noqa: N815 - the names that the base class asks for

    def log_message(self, *_args: object) -> None:
        """Say nothing; what was asked is kept by the recorder."""
