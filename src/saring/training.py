"""Training: the base model, made from folders of labelled files, always the same.

The weights come from the labelled files of one folder; calibration and cutoffs from the
folder `dev` beside it, if there is one. Both are named, with hashes, in the manifest.
"""

import hashlib
import math
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from saring import features
from saring.classifiers import calibration
from saring.classifiers.base import BaseModel, Manifest, requantised
from saring.classifiers.fixed import ONE, probability
from saring.classifiers.linear import LinearClassifier
from saring.corpus import read_labelled
from saring.errors import CorpusError
from saring.evaluation import Options, evaluate_file
from saring.features.disguise import DECORATION_SLOTS
from saring.primer import LANGUAGES, digest
from saring.training_lessons import AGREED, DECAY, STEP, Lesson, Progress, learn
from saring.training_rows import Chances, Example, Variants, mix, put_names, write_own
from saring.verdict import Cutoffs, Label

PASSES = 2
# Weights end at 127 quanta, which is two: less sure of what is known well, better on
# what was never seen (docs/experiments/024).
QUANTUM = 16

# A person read what scores highest of the ham of each dev file; this share of it is
# spam that was missed when it was labelled (docs/experiments/062).
HELD_HAM_SHARE = 0.0025
SPAM_AMONG_HAM = {"blog_datacamp": 0.004, "blog_stream": 0.002, "id_judol_nafi": 0.012}
UNSURE_SHARE = 0.025
DISCARDED_HAM_SHARE = 0.0005

_COMMENTS_AT_ONCE = 1_000
_SCORE_UNITS = 1_000_000


class Margins(NamedTuple):
    """What a model says of the ham and the spam of one file, in log-odds, sorted."""

    ham: NDArray[np.float64]
    spam: NDArray[np.float64]


def train(
    directory: Path, out: Path, seed: int = 0, progress: Progress | None = None
) -> Manifest:
    """Make a base model from all labelled files of a folder and write it.

    The same files and seed give the same bytes.

    Args:
        directory: Holds `*.jsonl` and `*.jsonl.gz`; read in the order of their names.
        out: The file of weights; the manifest is written beside it.
        seed: Of the order and of all that is changed at random.
        progress: Told from time to time how far the work is.

    Raises:
        CorpusError: There are no labelled files, or one cannot be read.
    """
    report = progress or (lambda _what, _done, _all: None)
    paths = labelled_files(directory)
    if not paths:
        raise CorpusError(f"{directory} holds no labelled files (*.jsonl, *.jsonl.gz)")
    dev = labelled_files(directory.parent / "dev") if directory.name != "dev" else []
    sources = [*_sources(paths), *write_own(seed)]
    weights = learn(list(_lessons(sources, seed, report)), PASSES, seed, report)
    # Nobody may pass for honest by writing in fancy letters (docs/experiments/053).
    weights[DECORATION_SLOTS] = weights[DECORATION_SLOTS].clip(0)
    manifest = Manifest(
        quantum=QUANTUM,
        seed=seed,
        inputs={path.name: _sha256(path) for path in paths},
        settings={
            "passes": PASSES,
            "step": STEP,
            "decay": DECAY,
            "agreed": AGREED,
            "chances": msgspec.to_builtins(Chances()),
            "primer": {language: digest(language) for language in LANGUAGES},
        },
    )
    model = BaseModel(manifest, requantised(weights, QUANTUM))
    if dev:
        model = with_cutoffs(model, dev)
        model = with_numbers(model, dev, report)
    return model.save(out)


def labelled_files(directory: Path) -> list[Path]:
    """Return the labelled files of a folder in the order of their names."""
    found = [*directory.glob("*.jsonl"), *directory.glob("*.jsonl.gz")]
    return sorted(found, key=lambda path: path.name)


def with_cutoffs(model: BaseModel, files: Sequence[Path]) -> BaseModel:
    """Return the model with a calibration and cutoffs chosen on these files."""
    judged = [judge(model, path) for path in files]
    line = _calibrate(judged)
    shares = [
        HELD_HAM_SHARE + SPAM_AMONG_HAM.get(path.name.partition(".")[0], 0.0)
        for path in files
    ]
    manifest = msgspec.structs.replace(
        model.manifest, calibration=line, cutoffs=choose_cutoffs(judged, shares, line)
    )
    return BaseModel(manifest, model.weights)


def with_numbers(
    model: BaseModel, files: Sequence[Path], report: Progress
) -> BaseModel:
    """Return the model with what it reaches on these files without learning."""
    options = Options(learn="never", start=model)
    numbers: dict[str, Any] = {}
    for done, path in enumerate(files):
        report("measuring", done, len(files))
        result = evaluate_file(path, options)
        told: dict[str, Any] = msgspec.to_builtins(result)
        del told["file"], told["comments_per_second"]
        numbers[path.name] = told
    report("measuring", len(files), len(files))
    manifest = msgspec.structs.replace(
        model.manifest,
        dev={path.name: _sha256(path) for path in files},
        numbers=numbers,
    )
    return BaseModel(manifest, model.weights)


def judge(model: BaseModel, path: Path) -> Margins:
    """Return the margins of a file's comments, without learning any."""
    learner = LinearClassifier(model)
    margins: dict[Label, list[float]] = {Label.HAM: [], Label.SPAM: []}
    for _row, comment, label in read_labelled(path):
        score = learner.score_one(features.extract(comment))
        margins[label].append(score.margin / ONE)
    return Margins(np.sort(margins[Label.HAM]), np.sort(margins[Label.SPAM]))


def choose_cutoffs(
    judged: Sequence[Margins], shares: Sequence[float], line: calibration.Calibration
) -> Cutoffs:
    """Return the cutoffs that keep to a share of held ham in every file.

    The spam cutoff is no lower than 0.5. Between the unsure cutoff and the spam cutoff
    lie at most `UNSURE_SHARE` of the ham and as much of the spam.

    Args:
        judged: What is said of each file.
        shares: Of the ham of each file, how much may lie above the spam cutoff.
        line: What turns margins into log-odds.
    """
    even = line.margin(0) / ONE
    cuts = [_cut(file.ham, share) for file, share in zip(judged, shares, strict=True)]
    spam = max(even, *cuts)
    unsure = max(
        max(
            _cut(file.ham, _share_above(file.ham, spam) + UNSURE_SHARE),
            _cut(file.spam, _share_above(file.spam, spam) + UNSURE_SHARE),
        )
        for file in judged
    )
    discard = max(_cut(file.ham, DISCARDED_HAM_SHARE) for file in judged)
    return Cutoffs(
        unsure=_score(min(unsure, spam), line),
        spam=_score(spam, line),
        discard=_score(max(discard, spam), line),
    )


def _calibrate(judged: Sequence[Margins]) -> calibration.Calibration:
    """Return the line fitted to all rows of all files."""
    return calibration.fit(
        np.concatenate([part for file in judged for part in file]),
        np.concatenate(
            [
                np.full(len(part), is_spam)
                for file in judged
                for is_spam, part in enumerate(file)
            ]
        ),
    )


def _cut(margins: NDArray[np.float64], share: float) -> float:
    """Return the smallest margin that at most this share of the margins lie above."""
    if not len(margins):
        return -np.inf
    above = min(int(share * len(margins)), len(margins) - 1)
    return float(margins[len(margins) - 1 - above])


def _share_above(margins: NDArray[np.float64], cut: float) -> float:
    count = len(margins) - int(margins.searchsorted(cut, "right"))
    return count / max(len(margins), 1)


def _score(margin: float, line: calibration.Calibration) -> float:
    """Return the score just above that of a margin, with few digits."""
    exact = probability(line.log_odds(round(margin * ONE) + 1))
    return min(1.0, math.ceil(exact * _SCORE_UNITS) / _SCORE_UNITS)


def _sources(paths: Sequence[Path]) -> list[list[Example]]:
    return [
        [
            Example(comment, label, path.name.partition(".")[0])
            for _row, comment, label in read_labelled(path)
        ]
        for path in paths
    ]


def _lessons(
    sources: Sequence[list[Example]], seed: int, report: Progress
) -> Iterator[Lesson]:
    """Yield the lessons of all variants of the examples."""
    done, total = 0, sum(map(len, sources))
    for number, source in enumerate(sources):
        drawn = _draw(source, seed + number)
        while batch := [*islice(drawn, _COMMENTS_AT_ONCE)]:
            found = features.extract_many([example.comment for example in batch])
            for example, one in zip(batch, found, strict=True):
                yield Lesson(one.slots, example.label, _voice(example.source))
        done += len(source)
        report("reading", done, total)


def _draw(source: Sequence[Example], seed: int) -> Iterator[Example]:
    """Yield all that is read of one source."""
    authors = [example.comment.author for example in source if example.comment.author]
    variants = Variants(authors, seed)
    for example in source:
        yield from variants.of(example)
    for example in (*mix(source, seed), *put_names(source, seed)):
        yield variants.once(example)


def _voice(source: str) -> str:
    """Return as what a source speaks: of the blogs one is mostly spam, one mostly ham.

    Alone, either would call all English one thing.
    """
    return "blogs" if source.startswith("blog_") else source


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
