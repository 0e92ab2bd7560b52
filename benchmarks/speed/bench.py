"""One run: what is prepared, and the order in which everything is measured."""

import contextlib
import json
import random
from collections.abc import Iterator
from pathlib import Path

from benchmarks.speed import machine, singles
from benchmarks.speed.bodies import (
    Target,
    form_request,
    mail_request,
    read_requests,
    site_address,
    write_requests,
)
from benchmarks.speed.contestants import (
    CONSTANT,
    RSPAMD,
    SARING,
    TRIAL,
    TWO_WORKERS,
    Contestant,
    start_constant,
    start_trial,
    trial_folder,
)
from benchmarks.speed.corpus import Row, data_folder, draw, read_pools
from benchmarks.speed.modules import run_module
from benchmarks.speed.plan import Plan
from benchmarks.speed.processes import free_port
from benchmarks.speed.profiling import profile_server, show_profile, show_steps
from benchmarks.speed.proof import prove
from benchmarks.speed.results import Results
from benchmarks.speed.rspamd import Rspamd
from benchmarks.speed.saring import KEY, Store

WARM_UP_SECONDS = 2
SEED = 20_261_123


class Bench:
    """One run in a temporary folder: prepares, measures, and gives the results."""

    def __init__(self, plan: Plan, folder: Path, without: tuple[str, ...]) -> None:
        self.plan, self.folder, self.without = plan, folder, without
        self.results = Results()
        self.forms, self.mails = folder / "forms.bin", folder / "mails.bin"
        self.rows_path = folder / "rows.jsonl"
        self.labels_path = folder / "labels.jsonl"
        self.store = Store(folder / "saring")
        self.twin: Store | None = None
        self.rspamd_rows: list[Row] = []

    def prepare(self) -> None:
        """Draw the comments, write the requests, and teach Saring its labels."""
        chance, plan = random.Random(SEED), self.plan
        pools = read_pools(data_folder(), chance)
        rows = draw(pools, plan.comment_count, chance)
        self.rspamd_rows = draw(pools, plan.rspamd_label_count, chance)
        labels = draw(pools, plan.label_count, chance)
        target = Target(KEY)
        write_requests(self.forms, [form_request(row, target, chance) for row in rows])
        write_requests(self.mails, [mail_request(row) for row in rows])
        write_lines(self.rows_path, rows + labels[:20_000])
        write_lines(self.labels_path, labels[:5_000])
        self.results.facts = machine.describe() | describe_rows(rows)
        if not self.is_without(SARING):
            say(f"teaching Saring {len(labels):,} labels")
            self.store.prepare(
                {**row, "blog": site_address(target, chance)} for row in labels
            )
            self.results.facts["labels learned first"] = f"{len(labels):,}"
            if not self.is_without(TWO_WORKERS):
                self.twin = self.store.copy(self.folder / "twin")

    def is_without(self, name: str) -> bool:
        """Say whether this contestant was left out by the command line."""
        return any(word.casefold() in name.casefold() for word in self.without)

    @contextlib.contextmanager
    def contestants(self) -> Iterator[list[Contestant]]:
        """Start all servers, and end them afterwards."""
        with contextlib.ExitStack() as stack:
            started: list[Contestant] = []
            for contestant in self._start_all():
                stack.enter_context(contestant.program)
                started.append(contestant)
            yield started

    def _start_all(self) -> Iterator[Contestant]:
        if not self.is_without(SARING):
            yield self._start_saring(SARING, self.store, 1)
        if self.twin:
            yield self._start_saring(TWO_WORKERS, self.twin, 2)
        program, port = start_constant(self.folder)
        yield Contestant(CONSTANT, program, port, self.forms)
        if not self.is_without(RSPAMD):
            yield self._start_rspamd()
        if not (trial_folder() / "serve.py").is_file():
            self.results.missing[TRIAL] = f"not measured: no {trial_folder().name}/"
        elif not self.is_without(TRIAL):
            program, port = start_trial(self.folder)
            yield Contestant(TRIAL, program, port, self.forms)

    def _start_saring(self, name: str, store: Store, workers: int) -> Contestant:
        port = free_port()
        program = store.serve(port, workers)
        program.wait_for(port)
        return Contestant(name, program, port, self.forms)

    def _start_rspamd(self) -> Contestant:
        rspamd = Rspamd(self.folder / "rspamd")
        taken = rspamd.learn(self.rspamd_rows)
        self.results.facts["labels Rspamd learned"] = f"{taken:,}"
        return Contestant(RSPAMD, rspamd.program, rspamd.port, self.mails)

    def measure_servers(self) -> None:
        """Warm all up, go through the rounds, then the steady load and the memory."""
        with self.contestants() as contestants:
            for one in contestants:
                one.take_burst(WARM_UP_SECONDS, is_warm_up=True)
            for number in range(1, self.plan.rounds + 1):
                for one in contestants:
                    burst = one.take_burst(self.plan.round_seconds)
                    say(f"round {number}: {one.name:24} {burst.rate:8,.0f} checks/s")
            self.results.take(contestants)
            for one in contestants:
                if one.name in (SARING, TWO_WORKERS, CONSTANT):
                    self._measure_steady(one)
                if one.name in (SARING, TWO_WORKERS):
                    self.results.memory[one.name] = one.program.memory()
        for one in contestants:
            if one.name in (SARING, TWO_WORKERS):
                store = self.store if one.name == SARING else self.twin
                self.results.proofs.append(prove(one, store or self.store))

    def _measure_steady(self, one: Contestant) -> None:
        found = singles.run_steady(one.port, self.forms, self.plan.steady_seconds)
        self.results.steady[one.name] = found
        one.answered += found["answered"]
        one.sent += found["sent"]
        one.guids += tuple(found["guids"])
        say(f"steady: {one.name:24} p99 {found['p99_ms']:.1f} ms")

    def profile(self) -> None:
        """Print where the time of one worker goes."""
        contestant = self._start_saring(SARING, self.store, 1)
        with contestant.program:
            seconds = 2 * self.plan.round_seconds
            found = profile_server(contestant, self.folder, seconds)
        steps = run_module("steps", self.forms, self.labels_path)
        print(show_profile(found), show_steps(steps), sep="\n\n")

    def measure_singles(self) -> None:
        """Measure what needs no load: start, judging, rebuild."""
        if self.is_without(SARING):
            return
        request = read_requests(self.forms)[0]
        self.results.starts = [
            singles.time_start(self.store, request)
            for _ in range(self.plan.start_count)
        ]
        paths = (self.rows_path, self.labels_path)
        count = self.plan.judged_count
        self.results.judging = run_module("judging", *paths, count)
        events = self.store.count("events")
        empty = Store(self.folder / "empty")
        empty.run("keys", "create")
        start_seconds, _ = empty.rebuild()
        seconds, digest = self.store.rebuild()
        self.results.rebuild = {
            "events": events,
            "seconds": seconds,
            "start_seconds": start_seconds,
            "rate": events / seconds,
            "digest": digest,
        }


def say(text: str) -> None:
    """Tell how far the run has come."""
    print(text, flush=True)


def write_lines(path: Path, rows: list[Row]) -> None:
    """Write rows as one JSON object a line."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def describe_rows(rows: list[Row]) -> dict[str, str]:
    """Return how many comments are sent, and how long they are."""
    lengths = sorted(len(row["comment_content"]) for row in rows)
    mean = sum(lengths) / len(lengths)
    spam = sum(row["label"] == "spam" for row in rows) / len(rows)
    return {
        "comments in turn": f"{len(rows):,}, {100 * spam:.0f} % spam; characters: "
        f"median {lengths[len(lengths) // 2]}, mean {mean:.0f}, "
        f"longest {lengths[-1]:,}"
    }
