"""Judging alone: `Engine.check_many` in this process, without server or store.

A server judges together what comes together; here, groups of as many comments as its
busiest ones. How long one comment takes by itself is told as well.

Runs in a process of its own: `python -m benchmarks.speed.judging ROWS LABELS COUNT`.
ROWS and LABELS are files of labelled comments; LABELS are learned first.
"""

import json
import random
import statistics
import sys
import time
from pathlib import Path

from benchmarks.speed.bodies import Target, make_form
from benchmarks.speed.corpus import Row

from saring import Comment, Engine, Label
from saring.features import BATCH_COMMENTS

CHARACTERS = 200
GROUP = BATCH_COMMENTS
APART = 100


def comment_of(row: Row, chance: random.Random) -> Comment:
    """Return the comment that WordPress's form would arrive as."""
    form = make_form(row, Target(""), chance)
    return Comment(
        content=row["comment_content"],
        author=row.get("comment_author", form["comment_author"]),
        author_email=form["comment_author_email"],
        author_url=form["comment_author_url"],
        address=form["user_ip"],
        user_agent=form["user_agent"],
        referrer=form["referrer"],
        permalink=form["permalink"],
        languages=tuple(form["blog_lang"].split(",")),
        nonce=form["akismet_comment_nonce"],
        headers={"accept-language": form["HTTP_ACCEPT_LANGUAGE"]},
        client="WordPress/6.8.7 | Akismet/5.5",
    )


def read_lines(path: str) -> list[Row]:
    """Return the rows of a file with one JSON object a line."""
    with Path(path).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def at_length(rows: list[Row]) -> list[Row]:
    """Return the rows that have 200 characters, cut to exactly these."""
    return [
        {**row, "comment_content": row["comment_content"][:CHARACTERS]}
        for row in rows
        if len(row["comment_content"]) >= CHARACTERS
    ]


def time_one(engine: Engine, comment: Comment) -> float:
    """Return how many microseconds a comment takes that comes alone."""
    started_at = time.perf_counter_ns()
    engine.check(comment)
    return (time.perf_counter_ns() - started_at) / 1e3


def main() -> None:
    """Learn, judge, and print the microseconds of a judgement as JSON."""
    rows_path, labels_path, count = sys.argv[1:4]
    chance, engine = random.Random(7), Engine()
    for row in read_lines(labels_path):
        engine.learn(comment_of(row, chance), Label(row["label"]))
    rows = at_length(read_lines(rows_path))[: int(count)]
    comments = [comment_of(row, chance) for row in rows]
    apart, together = comments[:APART], comments[APART:]
    alone = [time_one(engine, comment) for comment in apart]
    micros, held = [], 0
    for start in range(0, len(together) - GROUP + 1, GROUP):
        group = together[start : start + GROUP]
        started_at = time.perf_counter_ns()
        checks = engine.check_many(group)
        micros.append((time.perf_counter_ns() - started_at) / 1e3 / GROUP)
        held += sum(check.verdict.is_held for check in checks)
    result = {
        "judged": len(micros) * GROUP,
        "held": held,
        "median_us": statistics.median(micros),
        "p90_us": statistics.quantiles(micros, n=10)[-1],
        "alone_us": statistics.median(alone),
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
