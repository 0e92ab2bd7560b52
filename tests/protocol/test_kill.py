"""A server that is killed outright forgets nothing that it had acknowledged."""

import http.client
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import live
from actors import BOB, SAM, comment

THANKS = "Thanks for making the web a better place."
SENT = 400
ENOUGH = 40


class Sender:
    """Sends comments by turns to be judged and to be learned; counts the answers."""

    def __init__(self, server: live.LiveServer) -> None:
        self.server = server
        self.checked: list[int] = []
        self.taught: list[int] = []
        self.heard_enough = threading.Event()

    def send(self, number: int) -> None:
        """Send one comment; what gets no answer was not acknowledged."""
        try:
            self._send(number)
        except (OSError, http.client.HTTPException):
            return
        if len(self.checked) >= ENOUGH and len(self.taught) >= ENOUGH:
            self.heard_enough.set()

    def _send(self, number: int) -> None:
        if number % 2:
            form = comment(BOB, f"Panen ke-{number} lebih baik dari panen yang lalu.")
            answer = self.server.call("comment-check", form)
            if answer.body in ("true", "false"):
                self.checked.append(number)
        elif self.server.call("submit-spam", offer(number)).body == THANKS:
            self.taught.append(number)


def offer(number: int) -> dict[str, str]:
    """Return a comment that the moderator calls spam, each one with its own text."""
    return comment(SAM, f"Obral barang bekas nomor {number}, hubungi Sam di pasar.")


def send_all(sender: Sender) -> None:
    """Send from several sides at once."""
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(sender.send, range(SENT)))


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_kill_loses_nothing_acknowledged(tmp_path: Path, workers: int) -> None:
    with live.serving(tmp_path, workers=workers) as server:
        sender = Sender(server)
        crowd = threading.Thread(target=send_all, args=(sender,))
        crowd.start()
        assert sender.heard_enough.wait(60)
        server.kill()
        crowd.join()
        server.start()

        form = {"key": server.key, "blog": "https://alice.example/", "from": "all"}
        stats = json.loads(server.call("get-stats", form).body)
        assert len(sender.checked) <= int(stats["ham"]) + int(stats["spam"]) <= SENT
        assert len(sender.taught) <= int(stats["missed_spam"]) <= SENT
        assert len(sender.checked) + len(sender.taught) < SENT  # it died on the way
        last = sender.taught[-1]
        assert server.call("comment-check", offer(last)).body == "true"
