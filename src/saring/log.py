"""How Saring logs: columns on a terminal, one JSON object a line anywhere else.

Events are the constants below; facts go in keywords. Content, authors, e-mail
addresses, whole IP addresses and keys are never logged: ids and hashes only.
"""

import logging
import sys
from typing import TextIO

import msgspec
import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

SERVER_STARTED = "server_started"
SERVER_STOPPED = "server_stopped"
LIBRARY_SAID = "library_said"
CALL_ANSWERED = "call_answered"
CALL_FAILED = "call_failed"
STORE_FAILED = "store_failed"
STORE_WORKS = "store_works"
HOUSEKEEPING_FAILED = "housekeeping_failed"


def configure(level: str, form: str, stream: TextIO | None = None) -> None:
    """Set logging up for this process.

    Args:
        level: The least that is logged: debug, info, warning or error.
        form: columns, json, or auto, which takes columns where the stream is a
            terminal.
        stream: Where the lines go; standard error by default.
    """
    stream = stream or sys.stderr
    is_terminal = stream.isatty()
    has_columns = form == "columns" or (form == "auto" and is_terminal)
    shape = _columns(is_terminal) if has_columns else _json()
    threshold = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            *shape,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(threshold),
        logger_factory=structlog.WriteLoggerFactory(file=stream),
        cache_logger_on_first_use=True,
    )
    # What libraries log goes the same way, from warnings on.
    logging.basicConfig(
        level=max(threshold, logging.WARNING), handlers=[_Bridge()], force=True
    )


def _columns(has_colors: bool) -> list[Processor]:  # noqa: FBT001 - private, one caller
    # A plain traceback: the rich one prints local variables, comments among them.
    formatter = structlog.dev.plain_traceback
    return [
        structlog.dev.ConsoleRenderer(
            colors=has_colors, timestamp_key="at", exception_formatter=formatter
        )
    ]


def _json() -> list[Processor]:
    return [structlog.processors.format_exc_info, _render_json]


def _render_json(_logger: WrappedLogger, _method: str, event: EventDict) -> str:
    return msgspec.json.encode(event, enc_hook=repr).decode()


class _Bridge(logging.Handler):
    """Pass records of the standard library's logging on as our own events."""

    def emit(self, record: logging.LogRecord) -> None:
        structlog.get_logger().log(
            record.levelno,
            LIBRARY_SAID,
            library=record.name,
            text=record.getMessage(),
            exc_info=record.exc_info,
        )
