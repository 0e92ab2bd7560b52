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


def time_step(
    work: Callable[[Any], object], values: Sequence[Any], size: int = 1
) -> dict[str, float]:
    """Return the floor and the median of one step over all values, in µs.

    Args:
        work: The step.
        values: What it is done with, one after the other.
        size: How many comments each of them stands for; the cost is shared by them.
    """
    passes = [time_pass(work, values) for _ in range(PASSES)]
    return {
        "floor": min(statistics.quantiles(micros, n=10)[0] for micros in passes) / size,
        "median": min(statistics.median(micros) for micros in passes) / size,
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
    """Return the costs of judging, whole and in parts, a comment's share of a group."""
    size = features.BATCH_COMMENTS
    groups = in_groups(comments, size)
    reduced = [[markup.reduce(one.content) for one in group] for group in groups]
    texts = [
        [
            (comment.author, reading.shorten(one.text))
            for comment, one in zip(*pair, strict=True)
        ]
        for pair in zip(groups, reduced, strict=True)
    ]
    read = [reading.read(one) for one in texts]
    parts = [text.parts(one, text.hash_text(one)) for one in read]
    found = [features.extract_many(group) for group in groups]
    scores = [engine.fold.score_many(one, [SITE] * size) for one in found]
    both = [list(zip(*pair, strict=True)) for pair in zip(groups, reduced, strict=True)]
    steps: list[tuple[str, Callable[[Any], object], Sequence[Any]]] = [
        ("judge, whole", engine.check_many, groups),
        ("features, whole", features.extract_many, groups),
        ("features: markup", each(lambda c: markup.reduce(c.content)), groups),
        ("features: reading", reading.read, texts),
        ("features: text hashes", lambda r: text.parts(r, text.hash_text(r)), read),
        ("features: links", each(lambda b: links.extract(b[1], b[0].author_url)), both),
        ("features: identity", each(identity.extract), groups),
        ("features: disguise", disguise.extract, read),
        ("features: client", each(client.extract), groups),
        ("features: sort and pick", lambda p: slots.distinct_slots(p, size), parts),
        ("score", lambda b: engine.fold.score_many(b, [SITE] * size), found),
        ("clues", each(lambda score: score.clues()), scores),
        ("guid", each(lambda _: new_guid(time.time())), groups),
    ]
    costs = {name: time_step(work, values, size) for name, work, values in steps}
    return costs | {"judge, a single one": time_step(engine.check, comments)}


def in_groups(comments: list[Comment], size: int) -> list[list[Comment]]:
    """Return the comments in groups of one size; what is left over stays out."""
    starts = range(0, len(comments) - size + 1, size)
    return [comments[start : start + size] for start in starts]


def each(work: Callable[[Any], object]) -> Callable[[Sequence[Any]], object]:
    """Return a step that does some work on each of a group."""
    return lambda group: [work(one) for one in group]


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
