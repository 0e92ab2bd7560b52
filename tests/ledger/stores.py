"""Stores for tests: SQLite in a folder, PostgreSQL in a database for the session."""

import contextlib
import getpass
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from saring.comment import Comment
from saring.ledger.guid import new_guid
from saring.ledger.records import CheckRow, Event, Key, Site
from saring.ledger.store import Store, open_store
from saring.verdict import Check, Clue, Label, Verdict

LOCAL = ("postgresql://postgres@127.0.0.1:5432", "postgresql://root@127.0.0.1:5432")
SETTING = "SARING_TEST_POSTGRES"
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TABLES = (
    "samples, audits, checks, matches, unheard, rollbacks, events, counters, "
    "checkpoints, sites, keys, owners, meta"
)
SPAM = Comment(
    content="Bonus deposit pertama, klik link di profil saya",
    author="Sam",
    author_email="Sam@spam.example",
    address="203.0.113.7",
    permalink="https://alice.example/kebun/tomat-di-atap",
)
HAM = Comment(
    content="Terima kasih, tomat saya tumbuh subur",
    author="Bob",
    author_email="bob@bob.example",
    address="192.0.2.77",
    permalink="https://alice.example/kebun/tomat-di-atap",
)


@dataclass
class Ledger:
    """A store with two owners: Alice with her site, and Mallory with another."""

    address: str
    secret: Path
    store: Store
    key: Key
    site: Site
    rival_key: Key
    rival_site: Site

    def row(self, verdict: Verdict = Verdict.HAM, comment: Comment = HAM) -> CheckRow:
        """Return a check of Alice's site, ready to be recorded."""
        return CheckRow(
            check=make_check(verdict), site_id=self.site.id, comment=comment
        )

    def event(self, label: Label, comment: Comment | None = SPAM) -> Event:
        """Return a label that Alice gives."""
        match = b"" if comment is None else self.store.vault.match_key(comment)
        return Event(
            at=NOON,
            owner_id=self.key.owner_id,
            site_id=self.site.id,
            key_id=self.key.id,
            label=label,
            features=b"\x01 some features",
            match=match,
        )


def make_check(verdict: Verdict = Verdict.HAM, at: datetime = NOON) -> Check:
    """Return a judgement with a new guid."""
    return Check(
        guid=new_guid(at.timestamp()),
        at=at,
        verdict=verdict,
        score=0.25,
        decided_by="classifier",
        clues=(Clue("text", 1.5), Clue("links", -0.25)),
        sequence=7,
    )


def make_ledger(address: str, secret: Path) -> Ledger:
    """Return a ledger with Alice and Mallory in it, made where they are not there."""
    store = open_store(address, secret)
    key, rival = store.keys() or [store.create_key(one) for one in ("Alice", "Mallory")]
    return Ledger(
        address=address,
        secret=secret,
        store=store,
        key=key,
        site=store.find_site(key, "https://alice.example/"),
        rival_key=rival,
        rival_site=store.find_site(rival, "https://mallory.example/"),
    )


@contextlib.contextmanager
def postgres_database() -> Iterator[str]:
    """Give the address of a new, empty database; skip where there is no server."""
    with contextlib.ExitStack() as stack:
        server = _running_server() or stack.enter_context(_private_server())
        name = f"saring_test_{os.getpid()}_{os.urandom(4).hex()}"
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute(
                sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
            )
            try:
                yield f"{server}/{name}"
            finally:
                drop = sql.SQL("DROP DATABASE {} WITH (FORCE)")
                connection.execute(drop.format(sql.Identifier(name)))


def empty(address: str) -> None:
    """Drop all rows in a database, and begin all numbers anew."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"TRUNCATE {TABLES} RESTART IDENTITY CASCADE".encode())


def _running_server() -> str | None:
    told = os.environ.get(SETTING, "")
    for server in (told,) if told else LOCAL:
        with contextlib.suppress(psycopg.OperationalError):
            psycopg.connect(f"{server.rstrip('/')}/postgres", connect_timeout=2).close()
            return server.rstrip("/")
    if told:
        pytest.fail(f"{SETTING} names no server that can be reached")
    return None


@contextlib.contextmanager
def _private_server() -> Iterator[str]:
    """Give the address of a server of our own, made of Debian's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        pytest.skip("no PostgreSQL: none on 127.0.0.1:5432, none to start")
    programs, root = found[-1].parent, os.geteuid() == 0
    if root and not shutil.which("runuser"):
        pytest.skip("no PostgreSQL: it does not start as root, and runuser is missing")
    folder = Path(tempfile.mkdtemp(prefix="saring-postgres-"))
    user = "postgres" if root else getpass.getuser()
    be = ["runuser", "-u", user, "--"] if root else []
    if root:
        shutil.chown(folder, user)
    port = _free_port()
    try:
        _run([*be, f"{programs}/initdb", "-D", f"{folder}/data", "-A", "trust", "-N"])
        flags = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -F"
        control = [*be, f"{programs}/pg_ctl", "-D", f"{folder}/data", "-w"]
        _run([*control, "-o", flags, "-l", f"{folder}/log", "start"])
        try:
            yield f"postgresql://{user}@127.0.0.1:{port}"
        finally:
            _run([*control, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder)


def _run(command: list[str]) -> None:
    done = subprocess.run(command, cwd="/", capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.fail(f"{command[-1]}: {done.stdout}{done.stderr}")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
