"""Each step of a check by itself, in this process: where the microseconds lie.

The floor (a tenth of all measurements lies below) hardly feels what else the machine
does; the median does. Both are the best of three passes. Runs in a process of its own:
`python -m benchmarks.speed.steps REQUESTS LABELS`.
"""

import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.speed.bodies import read_requests
from benchmarks.speed.judging import comment_of, read_lines

from saring import Comment, Engine, Label, features, markup
from saring.akismet import answers, parsing
from saring.features import client, disguise, identity, links, reading, slots, text
from saring.ledger.checks import encode
from saring.ledger.guid import new_guid
from saring.ledger.records import CheckRow, Site
from saring.ledger.store import open_store

LEARNED_COUNT = 2_000
PASSES = 3
SITE = Site()

Costs = dict[str, dict[str, float]]


def time_step(work: Callable[[Any], object], values: Sequence[Any]) -> dict[str, float]:
    """Return the floor and the median of one step over all values, in µs."""
    passes = [time_pass(work, values) for _ in range(PASSES)]
    return {
        "floor": min(statistics.quantiles(micros, n=10)[0] for micros in passes),
        "median": min(statistics.median(micros) for micros in passes),
    }


def time_pass(work: Callable[[Any], object], values: Sequence[Any]) -> list[float]:
    """Return how long one step took for each value, in µs."""
    micros = []
    for value in values:
        started_at = time.perf_counter_ns()
        work(value)
        micros.append((time.perf_counter_ns() - started_at) / 1e3)
    return micros


def call_of(request: bytes) -> parsing.Call:
    """Return a request as the server's parser meets it."""
    head, _, body = request.partition(b"\r\n\r\n")
    lines = [line.split(b": ", 1) for line in head.split(b"\r\n")[1:]]
    return parsing.Call(headers=[(n.lower(), v) for n, v in lines], body=body)


def judging_steps(comments: list[Comment], engine: Engine) -> Costs:
    """Return the costs of judging, whole and in parts."""
    reduced = [markup.reduce(comment.content) for comment in comments]
    read = [
        reading.read(comment.author, reading.shorten(one.text))
        for comment, one in zip(comments, reduced, strict=True)
    ]
    hashed = [text.hash_text(one).join() for one in read]
    found = [features.extract(comment) for comment in comments]
    scores = [engine.fold.score(one, SITE) for one in found]
    both = list(zip(comments, reduced, strict=True))
    return {
        "judge, whole": time_step(engine.check, comments),
        "features, whole": time_step(features.extract, comments),
        "features: markup": time_step(lambda c: markup.reduce(c.content), comments),
        "features: reading": time_step(
            lambda b: reading.read(b[0].author, reading.shorten(b[1].text)), both
        ),
        "features: text hashes": time_step(lambda r: text.hash_text(r).join(), read),
        "features: links": time_step(
            lambda b: links.extract(b[1], b[0].author_url), both
        ),
        "features: identity": time_step(identity.extract, comments),
        "features: disguise": time_step(disguise.extract, read),
        "features: client": time_step(client.extract, comments),
        "features: sort and pick": time_step(
            lambda h: slots.distinct_slots(h[0], h[1], features.MAX_SLOTS), hashed
        ),
        "score": time_step(lambda one: engine.fold.score(one, SITE), found),
        "clues": time_step(lambda score: score.clues(), scores),
        "guid": time_step(lambda _: new_guid(time.time()), comments),
    }


def record_steps(comments: list[Comment], engine: Engine) -> Costs:
    """Return the costs of preparing a row of the store."""
    checks = [engine.check(comment) for comment in comments]
    rows = [
        CheckRow(check=check, site_id=1, comment=comment)
        for check, comment in zip(checks, comments, strict=True)
    ]
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/steps.db")
        costs = {
            "answer": time_step(answers.checked, checks),
            "record: encode a row": time_step(lambda r: encode(store.vault, r), rows),
            "record: hash of the content": time_step(store.vault.match_key, comments),
        }
        store.close()
    return costs


def main() -> None:
    """Measure all steps and print them as JSON."""
    requests_path, labels_path = sys.argv[1:3]
    calls = [call_of(one) for one in read_requests(Path(requests_path))]
    chance, engine = random.Random(7), Engine()
    for row in read_lines(labels_path)[:LEARNED_COUNT]:
        engine.learn(comment_of(row, chance), Label(row["label"]))
    comments = [parsing.parse_check(call).comment for call in calls]
    costs = {
        "parse, whole": time_step(parsing.parse_check, calls),
        "parse: form": time_step(parsing.parse_form, calls),
        **judging_steps(comments, engine),
        **record_steps(comments, engine),
    }
    print(json.dumps(costs))


if __name__ == "__main__":
    main()
