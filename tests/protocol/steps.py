"""Steps: the loop of the Python client programs, one JSON line in, one out.

A step names a call, the server, the key, the site and a comment in the wire's form.
The answer is what the client gave, or the name and text of what it raised.
"""

import json
import socket
import sys
from collections.abc import Callable
from typing import Any

LOCAL_DOMAIN = "saring.test"

Step = dict[str, Any]


def resolve_locally() -> None:
    """Let every host name under `LOCAL_DOMAIN` mean 127.0.0.1.

    Clients that put the key in the host name need it: 0123456789ab.saring.test.
    """
    ask = socket.getaddrinfo

    def answer(host: Any, *rest: Any, **named: Any) -> Any:  # noqa: ANN401 - as it is
        name = host.decode() if isinstance(host, bytes) else host
        is_ours = isinstance(name, str) and name.endswith(LOCAL_DOMAIN)
        return ask("127.0.0.1" if is_ours else host, *rest, **named)

    socket.getaddrinfo = answer


def serve(act: Callable[[Step], object]) -> None:
    """Answer each step on standard input until it is closed."""
    for line in sys.stdin:
        try:
            said: dict[str, object] = {"answer": act(json.loads(line))}
        except Exception as error:  # noqa: BLE001 - whatever a client raises is a result
            said = {"raised": type(error).__name__, "text": str(error)}
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()
