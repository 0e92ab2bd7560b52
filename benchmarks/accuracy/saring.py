"""Saring, by the engine that serves, in each protocol."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks.accuracy.runs import Opinion, Run
from benchmarks.accuracy.streams import Order, Stream
from benchmarks.speed.plan import ROOT

import saring
from saring.classifiers.base import BaseModel
from saring.corpus import comment_from_row, label_from_row
from saring.engine import Engine
from saring.evaluation import Labelled, Options, place, run
from saring.features import BATCH_COMMENTS, extract_many
from saring.ledger.records import IMPORT
from saring.verdict import Check, Verdict

NAME = "Saring"

PROTOCOLS: dict[str, Options] = {
    "empty": Options(start="empty"),
    "base": Options(),
    "delayed": Options(learn="delayed"),
    "delayed, empty": Options(learn="delayed", start="empty"),
    "partial": Options(share=0.1),
    "partial, empty": Options(share=0.1, start="empty"),
    "cold": Options(learn="never"),
}

Tick = Callable[[], None]
Split = tuple[Sequence[int], Sequence[int]]
"""The numbers of the rows that are learned, then of those that are judged."""


def identity() -> str:
    """Return a hash of the program and its base model."""
    folder = Path(str(saring.__file__)).parent
    total = hashlib.sha256((ROOT / "uv.lock").read_bytes())
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            total.update(path.read_bytes())
    return f"{NAME} {saring.__version__} {total.hexdigest()[:16]}"


def labelled(stream: Stream) -> list[Labelled]:
    """Return the comments of a stream, as `saring evaluate` reads them."""
    return place(
        (row, comment_from_row(row), label_from_row(row)) for row in stream.rows
    )


def follow(stream: Stream, order: Order, options: Options, tick: Tick) -> Run:
    """Judge a stream in an order, learning as the options say."""
    comments, turns = labelled(stream), stream.arrange(order)
    if options.learn == "never":
        judged = _judge(Engine(options.start), [comments[turn] for turn in turns])
        return Run.collect(_told(map(_of_check, judged), tick), turns)
    # The seed only draws whose label is told: the order is settled here.
    seeded = Options(
        learn=options.learn, start=options.start, share=options.share, shuffle=order
    )
    outcomes = run([comments[turn] for turn in turns], seeded)
    opinions = (_opinion(one.margin, one.score, one.verdict) for one in outcomes)
    return Run.collect(_told(opinions, tick), turns)


def _judge(engine: Engine, comments: Sequence[Labelled]) -> Iterator[Check]:
    """Yield the checks of comments that teach nothing, judged together for speed."""
    for start in range(0, len(comments), BATCH_COMMENTS):
        some = comments[start : start + BATCH_COMMENTS]
        yield from engine.check_many(
            [comment for comment, _, _ in some], [site for _, _, site in some]
        )


def hold_out(
    stream: Stream, splits: Iterable[Split], base: BaseModel, tick: Tick
) -> Run:
    """Learn one side of each split from a fresh start, then judge the other."""
    comments = labelled(stream)
    batch = extract_many([comment for comment, _, _ in comments])
    opinions: dict[int, Opinion] = {}
    for learned, judged in splits:
        engine = Engine(base)
        for row in learned:
            engine.learn(*comments[row], source=IMPORT, extracted=batch[row])
        for row in judged:
            comment, _label, site = comments[row]
            check = engine.check(comment, site, extracted=batch[row])
            opinions[row] = _of_check(check)
            tick()
    turns = list(opinions)
    return Run.collect(opinions.values(), turns)


def _of_check(check: Check) -> Opinion:
    return _opinion(check.margin, check.score, check.verdict)


def _opinion(margin: float, score: float, verdict: Verdict) -> Opinion:
    return Opinion(margin, score, verdict.is_held, verdict is Verdict.UNSURE)


def _told(opinions: Iterable[Opinion], tick: Tick) -> Iterator[Opinion]:
    for opinion in opinions:
        yield opinion
        tick()
