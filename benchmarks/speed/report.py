"""The report: one table, the bars, and what stands behind them, as Markdown."""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from benchmarks.speed.bars import bar_rows, digits
from benchmarks.speed.contestants import (
    CONSTANT,
    RSPAMD,
    SARING,
    TRIAL,
    TWO_WORKERS,
)
from benchmarks.speed.results import Results

ORDER = (SARING, TWO_WORKERS, CONSTANT, RSPAMD, TRIAL)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table, its first column to the left, the others right."""
    marks = ["---", *["--:"] * (len(heads) - 1)]
    lines = ["| " + " | ".join(cells) + " |" for cells in (heads, marks, *rows)]
    return "\n".join(lines)


def rate_rows(results: Results) -> list[list[str]]:
    """Return a row for each contestant: rates, ratios, CPU, latencies, verdicts."""
    rows = []
    for name in ORDER:
        if name in results.missing:
            rows.append([name, results.missing[name], *["–"] * 6])
        elif results.bursts.get(name):
            rows.append([name, *_rate_cells(results, name)])
    return rows


def _rate_cells(results: Results, name: str) -> list[str]:
    bursts = results.bursts[name]
    rates = sorted(burst.rate for burst in bursts)
    of_constant = results.ratio_or_none(name, CONSTANT)
    of_rspamd = results.ratio_or_none(name, RSPAMD)
    return [
        f"{statistics.median(rates):,.0f}",
        f"{rates[0]:,.0f} to {rates[-1]:,.0f}",
        "–" if of_constant is None else f"{100 * of_constant:.1f} %",
        "–" if of_rspamd is None else f"{of_rspamd:.2f} ×",
        digits(results.median(name, lambda burst: burst.server_micros)),
        f"{100 * results.median(name, lambda burst: burst.wrk_cpu_share):.0f} %",
        _verdicts(results, name),
    ]


def _verdicts(results: Results, name: str) -> str:
    bursts = results.bursts[name]
    held = sum(burst.said_true + burst.said_spam for burst in bursts)
    free = sum(burst.said_false + burst.said_ham for burst in bursts)
    none = sum(burst.no_symbol for burst in bursts)
    return f"{held:,} / {free:,}" + (f" / {none:,} none" if none else "")


def steady_rows(results: Results) -> list[list[str]]:
    """Return a row of latencies for each server that had the steady load."""
    names = ("p50_ms", "p99_ms", "p99.9_ms", "max_ms", "late_p99_ms")
    return [
        [
            server,
            *[digits(found[name]) for name in names],
            f"{found['answered']:,} of {found['sent']:,}",
        ]
        for server, found in results.steady.items()
    ]


def memory_rows(results: Results) -> list[list[str]]:
    """Return a row for each process of Saring: its memory after the load."""
    return [
        [server, str(number), *[f"{mb:.0f}" for mb in (one.uss, one.pss, one.rss)]]
        for server, processes in results.memory.items()
        for number, one in enumerate(processes, 1)
    ]


def proof_rows(results: Results) -> list[list[str]]:
    """Return a row for each store: is every answer recorded?"""
    return [
        [
            proof.name,
            *[f"{n:,}" for n in (proof.answered, proof.sent, proof.recorded)],
            f"{proof.counted:,}",
            f"{proof.found} of {proof.looked_up}",
            str(proof.degraded),
            "yes" if proof.is_whole else "NO",
        ]
        for proof in results.proofs
    ]


RATE_HEADS = (
    *("server", "checks/s, median", "range", "of constant", "of Rspamd"),
    *("server CPU µs/check", "wrk's CPU", "answers spam / not"),
)
STEADY_HEADS = (
    *("server", "p50 ms", "p99 ms", "p99.9 ms", "max ms"),
    *("sent late by, p99 ms", "answered"),
)
PROOF_HEADS = (
    *("server", "answered", "sent", "recorded", "counted", "guids found"),
    *("degraded", "every answer recorded"),
)

WRITTEN_BY = """\
Written by `make bench-speed`, which is `.venv/bin/python benchmarks/speed/run.py`.
The picture is [speed.svg](speed.svg), all numbers are in [speed.json](speed.json)."""

METHOD = """\
wrk (`-t1 -c64`, keep-alive) sends different real comments in turn, as WordPress's
plugin would; each round loads every server once, one after the other, and ratios are
taken within a round.
Saring judges with all its features and a learned store, and answers after the check is
committed.
The constant endpoint is a Starlette route on the same uvicorn, uvloop and httptools; it
reads the body and answers `false` with the same headers.
Rspamd has one normal worker, its Bayes classifier on its own SQLite backend (here
quicker than Redis) and nothing else, and gets the same comments as mail.
The steady load is open: latency counts from when a request was due.
Answers are counted by content; rows in the store must lie between what was answered and
what was sent, since wrk hangs up on its last requests.
"""


def write_markdown(results: Results) -> str:
    """Return the whole report."""
    parts = [
        "# Speed",
        WRITTEN_BY,
        table(("", ""), ([name, value] for name, value in results.facts.items())),
        "## Bars",
        table(("what", "bar", "measured", "outcome"), bar_rows(results.numbers())),
        "## One run, one table",
        table(RATE_HEADS, rate_rows(results)),
        METHOD.strip(),
        "## Latency at a steady 1,000 checks/s",
        table(STEADY_HEADS, steady_rows(results)),
        *_single_parts(results),
        "## Is every answer recorded?",
        table(PROOF_HEADS, proof_rows(results)),
        *[f"- {fault}" for fault in results.all_faults()],
    ]
    return "\n\n".join(parts) + "\n"


def _single_parts(results: Results) -> list[str]:
    parts = ["## Memory after the load, MB"]
    heads = ("server", "process", "own (USS)", "share (PSS)", "all (RSS)")
    parts.append(table(heads, memory_rows(results)))
    parts.append("## Alone")
    rows = [(name, value) for name, value in _single_rows(results).items()]
    parts.append(table(("what", "measured"), rows))
    return parts


def _single_rows(results: Results) -> dict[str, str]:
    rows: dict[str, str] = {}
    if results.judging:
        judging = {name: digits(micros) for name, micros in results.judging.items()}
        rows[
            "judging 200 characters, its share of 64 together, median and 90 % (µs)"
        ] = f"{judging['median_us']}, {judging['p90_us']}"
        rows["judging 200 characters, a comment that comes alone (µs)"] = judging[
            "alone_us"
        ]
    if results.starts:
        rows["start to first answer (s)"] = ", ".join(map(digits, results.starts))
    if results.rebuild:
        rows["rebuild, the whole command"] = (
            f"{results.rebuild['events']:,} events in "
            f"{digits(results.rebuild['seconds'])} s; on an empty store "
            f"{digits(results.rebuild['start_seconds'])} s"
        )
    return rows


def to_json(results: Results) -> dict[str, Any]:
    """Return everything for the JSON file, without the guids."""
    found = asdict(results)
    for bursts in found["bursts"].values():
        for burst in bursts:
            burst["rate"] = burst["answered"] / burst["seconds"]
            del burst["guids"]
    for steady in found["steady"].values():
        steady.pop("guids", None)
    return {"numbers": results.numbers(), **found}
