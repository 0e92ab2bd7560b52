"""What a server writes to its log while it works tells nobody's secrets."""

from collections.abc import Iterator
from urllib.parse import quote, quote_plus

import pytest

import live
from actors import SAM, Form, comment

KEY = "5a71c6e80b12"
STRANGERS_KEY = "5a71c6e80b99"
SECRETS = {
    "content": "rahasia jangan dicatat: lele goreng tetangga",
    "author": "Samsudin Planted",
    "e-mail": "planted.sam@hidden.example",
    "website": "https://planted-site.example/me",
    "address": "203.0.113.147",
    "user agent": "PlantedAgent/7.7",
    "honeypot": "planted in the honeypot",
    "cookie": "session=planted-cookie",
    "password": "planted-password",
    "reporter": "planted-moderator",
    "permalink": "https://alice.example/planted-post",
    "key": KEY,
    "stranger's key": STRANGERS_KEY,
}


def planted() -> Form:
    """Return a comment full of what must not be logged."""
    return comment(
        SAM,
        SECRETS["content"],
        comment_author=SECRETS["author"],
        comment_author_email=SECRETS["e-mail"],
        comment_author_url=SECRETS["website"],
        user_ip=SECRETS["address"],
        user_agent=SECRETS["user agent"],
        permalink=SECRETS["permalink"],
        reporter=SECRETS["reporter"],
        honeypot_field_name="hidden",
        hidden=SECRETS["honeypot"],
        HTTP_COOKIE=SECRETS["cookie"],
        HTTP_AUTHORIZATION="Basic " + SECRETS["password"],
        PHP_AUTH_PW=SECRETS["password"],
    )


def busy_day(server: live.LiveServer) -> None:
    """Call everything with planted values, rightly and wrongly."""
    form = planted()
    for key in (KEY, STRANGERS_KEY):
        keyed = form | {"api_key": key}
        for call in ("comment-check", "submit-spam", "submit-ham", "token"):
            server.ask(f"/1.1/{call}", keyed)
        for call in ("verify-key", "get-stats", "get-subscription", "deactivate"):
            server.ask(f"/1.1/{call}", keyed | {"key": key})
        for call in ("usage-limit", "key-sites", "get-key-stats"):
            server.ask(f"/1.2/{call}?api_key={key}&key={key}")
        server.ask(f"/1.1/comment-check?api_key={key}", form)
        server.ask("/1.1/comment-check", form, {"Host": f"{key}.saring.test"})
        server.ask("/v1/checks", keyed, {"Authorization": f"Bearer {key}"})
        server.ask(f"/{key}/{quote(SECRETS['content'])}?q={quote(SECRETS['e-mail'])}")
    wrong = {"api_key": KEY, "comment_content": SECRETS["content"]}
    server.ask("/1.1/comment-check", wrong)
    server.ask("/1.1/comment-check", wrong | {"blog": SECRETS["author"]})
    server.ask("/1.1/comment-check", f"{SECRETS['content']}=%ff&%=&".encode())
    server.ask("/1.1/comment-check", SECRETS["content"].encode() * 100_000)


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give all that a server wrote from its start to its end, and the store's files."""
    folder = tmp_path_factory.mktemp("planted")
    with live.serving(
        folder, key=KEY, settings={"SARING_LOG_LEVEL": "debug"}
    ) as server:
        busy_day(server)
        server.kill()
        server.start()
        busy_day(server)
        server.stop()
        yield server.log_text()


@pytest.mark.parametrize("kind", SECRETS)
def test_log_of_a_whole_run_has_none_of_the_planted(kind: str, log: str) -> None:
    secret = SECRETS[kind]

    for form in (secret, quote(secret), quote_plus(secret), repr(secret)[1:-1]):
        assert form.casefold() not in log.casefold()


def test_log_of_a_whole_run_has_something(log: str) -> None:
    assert log.strip()
    assert "Traceback" not in log
