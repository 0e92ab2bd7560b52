"""How often a small change would have published a held comment, and what it costs.

    python -m benchmarks.reasons FILE… [--every 4] [--judgements 8,16,32,64]

Every comment that the base model holds is explained, and every change that is told is
judged once more from what the answer says of it.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from statistics import median

import msgspec

from saring import Comment, Engine, changes
from saring.corpus import read_labelled
from saring.explanation import Explanation


class Case(msgspec.Struct):
    """One explanation, and how much processor time it took."""

    seconds: float
    told: Explanation
    unverified_count: int


def held_comments(engine: Engine, path: Path, every: int) -> list[Comment]:
    """Return the comments of a file that the engine holds, or every nth of the file."""
    comments = [comment for _, comment, _ in read_labelled(path)][::every]
    checks = engine.check_many(comments)
    return [
        comment
        for comment, check in zip(comments, checks, strict=True)
        if check.verdict.is_held
    ]


def explain_all(engine: Engine, comments: list[Comment]) -> Iterator[Case]:
    """Explain each comment, and judge each change that is told once more."""
    for comment in comments:
        start = time.process_time()
        told = engine.explain(comment)
        seconds = time.process_time() - start
        wrong = sum(
            engine.check(
                msgspec.structs.replace(comment, **change.fields)
            ).verdict.is_held
            for change in told.changes
        )
        yield Case(seconds, told, wrong)


def quantile(values: list[float], share: float) -> float:
    """Return the value that this share of the values does not exceed."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def report(name: str, cases: list[Case]) -> int:
    """Print one row of the table, and what the smallest changes are made of.

    Returns:
        How many changes that were told would not have published their comment.
    """
    found = [case.told for case in cases if case.told.changes]
    smallest = [told.changes[0] for told in found]
    sizes = [change.size for change in smallest] or [0]
    wrong = sum(case.unverified_count for case in cases)
    milliseconds = [1e3 * case.seconds for case in cases]
    print(
        f"| {name} | {len(cases):,} | {len(found) / len(cases):.1%} "
        f"| {sum(len(told.changes) for told in found):,} "
        f"| {wrong} "
        f"| {median(sizes):g} · {quantile([*map(float, sizes)], 0.9):g} "
        f"| {median(case.told.judgement_count for case in cases):g} "
        f"| {median(milliseconds):.1f} · {quantile(milliseconds, 0.99):.1f} |"
    )
    kinds = Counter(" + ".join(sorted(set(change.kinds))) for change in smallest)
    print("  ", ", ".join(f"{kind} {count}" for kind, count in kinds.most_common(9)))
    return wrong


def main() -> int:
    """Explain what is held of each file within each limit; return what is wrong."""
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--judgements", default=str(changes.MAX_JUDGEMENTS))
    parser.add_argument("--edits", default=str(changes.MAX_EDITS))
    parser.add_argument("--shares", default=str(changes.MAX_SHARE))
    asked = parser.parse_args()
    engine = Engine()
    # What is loaded with the first of all belongs to no comment.
    engine.explain(Comment(content="slot"))
    print("| file | held | changed | changes | unverified | size | judgements | ms |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    wrong = 0
    for path in asked.files:
        comments = held_comments(engine, path, asked.every)
        limits = product(
            map(int, asked.judgements.split(",")),
            map(int, asked.edits.split(",")),
            map(float, asked.shares.split(",")),
        )
        for judgements, edits, share in limits if comments else ():
            changes.MAX_JUDGEMENTS, changes.MAX_EDITS = judgements, edits
            changes.MAX_SHARE = share
            name = f"{path.name.partition('.')[0]} {judgements} {edits} {share}"
            wrong += report(name, list(explain_all(engine, comments)))
    return wrong


if __name__ == "__main__":
    sys.exit(main() > 0)
