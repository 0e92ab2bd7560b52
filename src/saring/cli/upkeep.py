"""`saring rebuild` and `saring doctor`: is what is learned right, and is all well?"""

import http.client
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from saring.cli.options import with_settings
from saring.cli.output import counting, print_json
from saring.errors import SaringError
from saring.settings import Settings

if TYPE_CHECKING:
    from saring.ledger.store import Store

ASK_SECONDS = 2.0

BACKUP_ADVICE = (
    "Keep a copy of the secret file, and not where the store's backups lie: without "
    "it keys, comments and labels' features cannot be read, with both anybody can."
)


class Running(msgspec.Struct, frozen=True):
    """What a running server says of itself."""

    status: str
    version: str = ""
    sequence: int = 0
    model: str = ""
    degraded_count: int = 0


class Report(msgspec.Struct, kw_only=True):
    """What the doctor found.

    Attributes:
        status: `ok`, or `ill` where there is a finding.
        findings: What somebody must look at.
        advice: What is good to know.
        model: Of the running server; of the store if none runs.
        running: None where no server answers at the settings' address.
        store: How the store is; None where it cannot be opened.
    """

    status: str = "ok"
    findings: list[str]
    advice: list[str]
    model: str = ""
    sequence: int = 0
    running: Running | None = None
    store: dict[str, Any] | None = None


@click.command()
@with_settings()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def rebuild(settings: Settings, *, as_json: bool) -> None:
    """Learn all labels again from the beginning; the last line names the model.

    It must be the model that `saring doctor` tells of the running server.
    """
    from saring import replay  # noqa: PLC0415 - slow to import
    from saring.classifiers.base import BaseModel  # noqa: PLC0415 - slow to import
    from saring.cli.stores import open_existing_store  # noqa: PLC0415 - slow to import
    from saring.fold import Fold  # noqa: PLC0415 - slow to import

    with open_existing_store(settings) as store:
        anew = Fold(BaseModel.load_shipped())
        with counting("learning", store.last_sequence()) as advance:
            replay.rebuild(anew, store, advance)
        replay.keep_checkpoint(anew, store)
    if as_json:
        print_json({"sequence": anew.sequence, "model": anew.digest()})
        return
    click.echo(f"{anew.sequence} is the last event")
    click.echo(f"model {anew.digest()}")


@click.command()
@with_settings("host", "port", "path_prefix")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def doctor(ctx: click.Context, settings: Settings, *, as_json: bool) -> None:
    """Say whether store, secret, model and server are well; end with 1 if not."""
    report = examine(settings)
    if as_json:
        print_json(report)
    else:
        _print_report(report)
    ctx.exit(1 if report.findings else 0)


def examine(settings: Settings) -> Report:
    """Return what there is to say of a store and of the server on it."""
    from saring.cli.stores import (  # noqa: PLC0415 - slow to import
        open_store_to_look,
        secret_path,
    )

    report = Report(findings=[], advice=[BACKUP_ADVICE], running=ask(settings))
    try:
        with open_store_to_look(settings) as store:
            _examine_store(store, secret_path(settings, store), report)
    except SaringError as error:
        report.findings.append(str(error))
    _examine_running(report)
    report.status = "ill" if report.findings else "ok"
    return report


def _examine_store(store: "Store", secret: Path, report: Report) -> None:
    from saring.classifiers.base import BaseModel  # noqa: PLC0415 - slow to import
    from saring.fold import Fold  # noqa: PLC0415 - slow to import
    from saring.ledger.health import health  # noqa: PLC0415 - slow to import
    from saring.replay import restore  # noqa: PLC0415 - slow to import

    found = health(store, secret)
    report.store = msgspec.to_builtins(found)
    if found.secret != "ok":  # noqa: S105 - the state of the secret, not the secret
        report.findings.append(found.secret)
    fold = Fold(BaseModel.load_shipped())
    restore(fold, store)
    report.model, report.sequence = fold.digest(), fold.sequence


def _examine_running(report: Report) -> None:
    running = report.running
    if running is None:
        report.advice.append("No server answers at the address of the settings.")
        return
    if running.status != "ok":
        report.findings.append(
            f"the server is {running.status}: it cannot record, learn or look after "
            "the store; its log says why"
        )
    if running.sequence == report.sequence and running.model != report.model:
        report.findings.append(
            f"the server's model is {running.model}, that of the store {report.model}; "
            "is it the same store? Restart the server, then compare `saring rebuild`"
        )
    if running.degraded_count:
        report.advice.append(
            f"{running.degraded_count} answers since its start went unrecorded."
        )
    report.model, report.sequence = running.model, running.sequence


def ask(settings: Settings) -> Running | None:
    """Return what the server at the settings' address says; None if nothing answers."""
    address = (settings.local_host, settings.port)
    connection = http.client.HTTPConnection(*address, timeout=ASK_SECONDS)
    try:
        connection.request("GET", f"{settings.path_prefix}/v1/health")
        return msgspec.json.decode(connection.getresponse().read(), type=Running)
    except (OSError, http.client.HTTPException, msgspec.MsgspecError):
        return None
    finally:
        connection.close()


def _print_report(report: Report) -> None:
    for finding in report.findings:
        click.secho(f"ill: {finding}", fg="red")
    for name, value in (report.store or {}).items():
        click.echo(f"{name.replace('_', ' ')}: {value}")
    click.echo(f"last event learned: {report.sequence}")
    click.echo(f"model: {report.model}")
    for advice in report.advice:
        click.echo(advice)
    click.echo(report.status)
