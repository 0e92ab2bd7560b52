"""Logging: its two forms, its levels, and what it leaves out."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from saring import log


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    structlog.reset_defaults()
    root.handlers, root.level = handlers, level


def lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_log_writes_one_json_object_a_line() -> None:
    stream = io.StringIO()
    log.configure("info", "auto", stream)

    structlog.get_logger().info(log.SERVER_STARTED, workers=2, odd={1})

    (line,) = lines(stream)
    assert line["event"] == "server_started"
    assert line["level"] == "info"
    assert (line["workers"], line["odd"]) == (2, [1])
    assert str(line["at"]).endswith("Z")


def test_log_writes_columns_on_a_terminal() -> None:
    stream = Terminal()
    log.configure("info", "auto", stream)

    structlog.get_logger().info(log.SERVER_STARTED, workers=2)

    assert "server_started" in stream.getvalue()
    assert not stream.getvalue().startswith("{")


def test_log_writes_json_on_a_terminal_if_told() -> None:
    stream = Terminal()
    log.configure("info", "json", stream)

    structlog.get_logger().info(log.SERVER_STARTED)

    assert lines(stream)[0]["event"] == "server_started"


def test_log_columns_have_no_colors_in_a_file() -> None:
    stream = io.StringIO()
    log.configure("info", "columns", stream)

    structlog.get_logger().info(log.SERVER_STARTED)

    assert "\x1b" not in stream.getvalue()


def test_log_drops_what_is_below_its_level() -> None:
    stream = io.StringIO()
    log.configure("warning", "json", stream)

    structlog.get_logger().info(log.SERVER_STARTED)

    assert stream.getvalue() == ""


def test_log_carries_what_was_bound_to_the_request() -> None:
    stream = io.StringIO()
    log.configure("info", "json", stream)

    with structlog.contextvars.bound_contextvars(request_id="r1"):
        structlog.get_logger().info(log.SERVER_STARTED)

    assert lines(stream)[0]["request_id"] == "r1"


def test_log_passes_on_warnings_of_libraries_only() -> None:
    stream = io.StringIO()
    log.configure("info", "json", stream)

    logging.getLogger("somebody").info("chatter")
    logging.getLogger("somebody").warning("trouble with %s", "it")

    (line,) = lines(stream)
    assert line["event"] == "library_said"
    assert (line["library"], line["text"]) == ("somebody", "trouble with it")


@pytest.mark.parametrize("form", ["json", "columns"])
def test_log_prints_tracebacks_without_local_variables(form: str) -> None:
    stream = io.StringIO()
    log.configure("info", form, stream)
    content = "a reader's own " + "words"

    try:
        content.index("something else")
    except ValueError:
        structlog.get_logger().exception(log.SERVER_STOPPED)

    assert "ValueError" in stream.getvalue()
    assert "own words" not in stream.getvalue()
