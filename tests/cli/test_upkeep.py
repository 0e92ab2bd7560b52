"""`saring rebuild` and `saring doctor`."""

import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

import actors
import live
from cli.conftest import Run
from saring.cli.upkeep import Running, ask
from saring.settings import Settings

MODEL = "sha256:" + "0" * 64


class Health(http.server.BaseHTTPRequestHandler):
    """A server that says of itself what the test wants."""

    said = b"{}"

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.said)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    with http.server.HTTPServer(("127.0.0.1", 0), Health) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def say(monkeypatch: pytest.MonkeyPatch, **facts: object) -> None:
    monkeypatch.setattr(Health, "said", json.dumps(facts).encode())


def teach(run: Run, folder: Path) -> None:
    lines = [
        {"label": "spam", "comment_content": text} for text in actors.SPAM["id"]
    ] + [
        {"label": "ham", "comment_content": text} for text in actors.PLEASANTRIES["id"]
    ]
    path = folder / "labels.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)))
    assert run("learn", str(path)).exit_code == 0


def free_port() -> str:
    return str(live.free_port())


def test_rebuild_ends_with_the_model(run: Run, tmp_path: Path) -> None:
    teach(run, tmp_path)

    lines = run("rebuild").stdout.splitlines()

    assert lines[-1].startswith("model sha256:")
    assert lines[-2] == "7 is the last event"


def test_rebuild_gives_the_model_that_the_store_has(run: Run, tmp_path: Path) -> None:
    teach(run, tmp_path)

    rebuilt = run("rebuild").stdout.splitlines()[-1].removeprefix("model ")

    doctor = json.loads(run("doctor", "--json", "--port", free_port()).stdout)
    assert doctor["model"] == rebuilt


def test_rebuild_gives_json(run: Run, tmp_path: Path) -> None:
    teach(run, tmp_path)

    found = json.loads(run("rebuild", "--json").stdout)

    model = run("rebuild").stdout.splitlines()[-1].removeprefix("model ")
    assert found == {"sequence": 7, "model": model}


def test_rebuild_fails_without_a_store(run: Run, tmp_path: Path) -> None:
    result = run("rebuild")

    assert result.exit_code == 1
    assert not (tmp_path / "var").exists()


def test_doctor_finds_a_store_well(run: Run) -> None:
    run("keys", "create")

    result = run("doctor", "--json", "--port", free_port())

    report = json.loads(result.stdout)
    assert (result.exit_code, report["status"]) == (0, "ok")
    assert report["findings"] == []
    assert report["running"] is None
    assert report["store"]["key_count"] == 1
    assert any("copy of the secret" in advice for advice in report["advice"])


def test_doctor_speaks_to_people(run: Run) -> None:
    run("keys", "create")

    lines = run("doctor", "--port", free_port()).stdout.splitlines()

    assert "backend: sqlite" in lines
    assert lines[-1] == "ok"


def test_doctor_tells_of_a_lost_secret(run: Run, tmp_path: Path) -> None:
    run("keys", "create")
    (tmp_path / "var" / "saring.secret").unlink()

    result = run("doctor", "--port", free_port())

    assert result.exit_code == 1
    assert "saring.secret is missing" in result.stdout
    assert result.stdout.splitlines()[-1] == "ill"


def test_doctor_tells_of_a_secret_that_others_can_read(
    run: Run, tmp_path: Path
) -> None:
    run("keys", "create")
    (tmp_path / "var" / "saring.secret").chmod(0o644)

    result = run("doctor", "--json", "--port", free_port())

    assert result.exit_code == 1
    assert "chmod 600" in json.loads(result.stdout)["findings"][0]


def test_doctor_gives_the_model_of_the_running_server(
    run: Run, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("keys", "create")
    say(monkeypatch, status="ok", sequence=9, model=MODEL, degraded_count=2)

    result = run("doctor", "--json", "--port", str(port))

    report = json.loads(result.stdout)
    assert (result.exit_code, report["model"], report["sequence"]) == (0, MODEL, 9)
    assert "2 answers since its start went unrecorded." in report["advice"]


def test_doctor_finds_a_server_that_is_degraded(
    run: Run, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("keys", "create")
    say(monkeypatch, status="degraded", sequence=9, model=MODEL)

    result = run("doctor", "--port", str(port))

    assert result.exit_code == 1
    assert "the server is degraded" in result.stdout


def test_doctor_finds_a_server_whose_model_is_another(
    run: Run, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("keys", "create")
    say(monkeypatch, status="ok", sequence=0, model=MODEL)

    result = run("doctor", "--port", str(port))

    assert result.exit_code == 1
    assert "is it the same store?" in result.stdout


def test_doctor_takes_a_stranger_on_the_port_for_no_server(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(monkeypatch, status=404)

    assert ask(Settings(port=port)) is None


@pytest.mark.slow
def test_doctor_and_rebuild_agree_with_a_live_server(tmp_path: Path) -> None:
    with live.serving(tmp_path) as server:
        server.call("submit-spam", actors.spam())

        report = json.loads(server.run("doctor", "--json", "--port", str(server.port)))

        assert Running(**report["running"]).sequence == 1
        rebuilt = server.run("rebuild").splitlines()[-1]
        assert rebuilt == f"model {report['model']}"
