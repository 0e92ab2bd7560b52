import asyncio
from pathlib import Path
from urllib.parse import urlencode

import msgspec
import pytest
from starlette.applications import Starlette

import actors
import fakes
from fakes import KEY, FakeDesk
from saring import Engine
from saring.app import create_app
from saring.ledger.store import open_store
from saring.service import Service
from saring.settings import Settings

FORM = urlencode(actors.pleasantry() | {"api_key": KEY}).encode()


def serve(desk: FakeDesk | None = None, **settings: str) -> Starlette:
    return create_app(Settings(**settings), desk or FakeDesk())  # type: ignore[arg-type]  # all settings given here are text


def test_app_starts_and_stops_the_desk() -> None:
    desk = FakeDesk()
    app = serve(desk)

    async def live() -> bool:
        async with app.router.lifespan_context(app):
            return desk.is_started

    assert asyncio.run(live())
    assert not desk.is_started


def test_app_answers_the_protocol_and_our_api() -> None:
    app = serve()

    assert fakes.ask(app, "/1.1/comment-check", FORM).body == b"false"
    assert fakes.ask(app, "/v1/health", method="GET").status == 200


def test_app_says_what_it_is_on_its_front_page() -> None:
    reply = fakes.ask(serve(), "/", method="GET")

    assert reply.body.startswith(b"Saring ")
    assert reply.headers["content-type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize("path", ["//1.1//comment-check", "/1.1/comment-check/"])
def test_app_never_redirects(path: str) -> None:
    assert fakes.ask(serve(), path, FORM).body == b"false"


@pytest.mark.parametrize("path", ["/nothing", "/1.1/nothing", "/v2"])
def test_app_finds_nothing_elsewhere(path: str) -> None:
    assert fakes.ask(serve(), path, method="GET").status == 404


def test_app_stands_whole_behind_a_prefix() -> None:
    app = serve(path_prefix="/spam")

    assert fakes.ask(app, "/spam/1.1/comment-check", FORM).body == b"false"
    assert fakes.ask(app, "/spam/v1/health", method="GET").status == 200
    assert fakes.ask(app, "/spam/", method="GET").status == 200
    assert fakes.ask(app, "/v1/health", method="GET").status == 404


@pytest.mark.parametrize("path", ["/1.1/verify-key", "/1.1/comment-check"])
def test_app_names_a_site_that_it_cannot_read(tmp_path: Path, path: str) -> None:
    settings = Settings(database=f"sqlite:///{tmp_path}/saring.db")
    key = open_store(settings.database).create_key("Alice").key
    form = actors.pleasantry() | {"api_key": key, "key": key, "blog": "not a url!!"}
    asked = {"site": "not a url!!", "comment": {"content": "Halo"}}

    async def talk() -> tuple[fakes.Reply | None, fakes.Reply | None]:
        app = create_app(settings, Service(settings, Engine("empty")))
        bearer = {"authorization": f"Bearer {key}"}
        own = fakes._scope("POST", "/v1/checks", "", bearer)
        wire = fakes._scope("POST", path, "", {})
        async with app.router.lifespan_context(app):
            return (
                await fakes._ask(app, wire, urlencode(form).encode()),
                await fakes._ask(app, own, msgspec.json.encode(asked)),
            )

    reply, own = asyncio.run(talk())

    assert reply
    assert reply.body == b"invalid"
    help_text = reply.headers["x-akismet-debug-help"]
    assert help_text == "We were unable to parse your blog URI"
    assert own
    assert msgspec.json.decode(own.body)["error"]["field"] == "site"
