import copy
import math

import msgspec
import numpy as np
import pytest

from saring.classifiers.base import (
    SLOT_COUNT,
    UNTAUGHT_LINE,
    WEIGHT_LIMIT,
    BaseModel,
    Manifest,
)
from saring.classifiers.linear import LinearClassifier, Score, find_spots
from saring.comment import Comment
from saring.errors import ModelError
from saring.features import FAMILIES, Batch, Features, extract
from saring.verdict import Label

SPAM, HAM = Label.SPAM, Label.HAM


def features_of(text: str) -> Features:
    return extract(Comment(content=text, author="Sam"))


def base_against(features: Features, weight: int) -> BaseModel:
    """Return a model that is sure of one comment's label."""
    weights = np.zeros(SLOT_COUNT, np.int16)
    weights[features.slots] = weight
    return BaseModel(Manifest(), weights)


def test_clues_come_strongest_first() -> None:
    score = Score(0, 0.5, (0.5, -2.0, 0.0, 1.0, *[0.0] * (len(FAMILIES) - 4)))

    assert [clue.weight for clue in score.clues()] == [-2.0, 1.0, 0.5]


def test_families_add_up_to_the_margin() -> None:
    classifier = LinearClassifier()
    features = features_of("Bonus besar di https://sam.example/ hari ini")

    classifier.learn_one(features, SPAM)

    score = classifier.score_one(features)
    log_odds = UNTAUGHT_LINE.log_odds(score.margin)
    assert sum(score.families) * 65_536 == pytest.approx(log_odds, abs=2)


def test_weigh_adds_up_to_the_margin() -> None:
    classifier = LinearClassifier()
    features = features_of("Bonus besar di https://sam.example/ hari ini")

    classifier.learn_one(features, SPAM, 3)

    shares = classifier.weigh(features, 3)
    assert len(shares) == len(features.slots)
    log_odds = UNTAUGHT_LINE.log_odds(classifier.score_one(features, 3).margin)
    assert shares.sum() * 65_536 == pytest.approx(log_odds, abs=2)


@pytest.mark.parametrize(("label", "weight"), [(HAM, 300), (SPAM, -300)])
def test_one_label_turns_a_verdict_that_the_base_is_sure_of(
    label: Label, weight: int
) -> None:
    features = features_of("Resep sambal terasi untuk makan malam")
    base = base_against(features, weight)
    classifier = LinearClassifier(base)
    before = classifier.score_one(features).probability

    classifier.learn_one(features, label)

    after = classifier.score_one(features).probability
    cutoffs = base.cutoffs
    assert (before > 0.9) if label is HAM else (before < 0.1)
    assert (after < cutoffs.unsure) if label is HAM else (after >= cutoffs.spam)


def test_what_was_expected_moves_no_weight() -> None:
    features = features_of("Resep sambal terasi")
    base = base_against(features, 1_000)
    classifier = LinearClassifier(base)

    classifier.learn_one(features, SPAM)

    assert np.array_equal(classifier.weights, base.weights)


def test_a_label_that_was_expected_is_remembered() -> None:
    features = features_of("Resep sambal terasi")
    classifier = LinearClassifier(base_against(features, 1_000))
    classifier.learn_one(features_of("Halo"), HAM)
    before = classifier.score_one(features).margin

    classifier.learn_one(features, SPAM)

    assert classifier.score_one(features).margin > before


@pytest.mark.parametrize("label", [SPAM, HAM])
def test_labels_of_one_class_alone_change_little_for_others(label: Label) -> None:
    base = base_against(features_of("Resep sambal terasi"), 0)
    classifier, other = LinearClassifier(base), features_of("Terima kasih kak")
    for number in range(60):
        classifier.learn_one(features_of(f"Promo {number} slot gacor {number}"), label)

    assert abs(classifier.score_one(other).probability - 0.5) < 0.4
    assert classifier.score_one(features_of("Promo 7 slot gacor 7")).probability != 0.5


def test_a_label_that_is_not_trusted_counts_at_its_own_site() -> None:
    features = features_of("Daftar sekarang, bonus besar menanti")
    classifier = LinearClassifier()
    before = classifier.weights.copy()

    classifier.learn_one(features, SPAM, 1, is_trusted=False)

    assert classifier.score_one(features, 1).probability > 0.5
    assert classifier.score_one(features, 2).probability == 0.5
    assert np.array_equal(classifier.weights, before)


def test_a_label_against_what_was_certain_is_learned_narrowly_at_first() -> None:
    features = features_of("Resep sambal terasi dari ibu mertua saya di kampung")
    base = base_against(features, -500)
    classifier = LinearClassifier(base)

    classifier.learn_one(features, SPAM, 1)

    assert np.array_equal(classifier.weights, base.weights)
    assert classifier.score_one(features, 1).probability > 0.5


def test_surprise_is_what_speaks_against_what_sites_share() -> None:
    features = features_of("Daftar sekarang, bonus besar menanti")
    classifier = LinearClassifier()
    classifier.learn_one(features_of("Terima kasih kak"), HAM, 1)
    classifier.learn_one(features, SPAM, 1)
    classifier.learn_one(features, HAM, 2, is_trusted=False)

    (spots,) = find_spots(Batch.of([features]), [0])
    assert classifier.is_surprised(spots, HAM)
    assert not classifier.is_surprised(spots, SPAM)


def test_the_first_labels_move_weights_less_than_those_that_follow() -> None:
    first, second = LinearClassifier(), LinearClassifier()
    for number in range(9):
        second.learn_one(extract(Comment(content=f"Halo {number}")), HAM)
    comment = extract(Comment(content="ยินดีด้วยค่ะ"))
    moved = []

    for classifier in (first, second):
        before = classifier.weights.take(comment.slots[: comment.word_start])
        classifier.learn_one(comment, SPAM)
        after = classifier.weights.take(comment.slots[: comment.word_start])
        moved.append(np.abs(after - before).max())

    assert moved[0] < moved[1]


def test_people_still_teach_what_a_base_model_is_nearly_sure_of() -> None:
    features = features_of("Resep sambal terasi")
    margin_of_3 = 3_072 // math.isqrt(len(features.slots))
    base = base_against(features, margin_of_3)
    classifier = LinearClassifier(base)

    classifier.learn_one(features, SPAM)

    assert not np.array_equal(classifier.weights, base.weights)


def test_a_site_weighs_its_own_words_for_itself() -> None:
    classifier = LinearClassifier()
    features = features_of("Jual beli tanaman hias")

    classifier.learn_one(features, HAM, site_id=1)

    own = classifier.score_one(features, site_id=1).margin
    other = classifier.score_one(features, site_id=2).margin
    assert own < other < 0


def test_sites_that_disagree_are_told_apart() -> None:
    classifier = LinearClassifier()
    features = features_of("Jual beli tanaman hias")

    for _ in range(10):
        classifier.learn_one(features, HAM, site_id=1)
        classifier.learn_one(features, SPAM, site_id=2)

    assert classifier.score_one(features, site_id=1).probability < 0.5
    assert classifier.score_one(features, site_id=2).probability > 0.5


def test_learning_leaves_the_base_alone() -> None:
    base = BaseModel.empty()
    classifier = LinearClassifier(base)
    assert classifier.weights is base.weights

    classifier.learn_one(features_of("Halo"), SPAM)

    assert not base.weights.any()
    assert classifier.weights.any()


def test_weights_stop_at_their_limit() -> None:
    classifier = LinearClassifier()
    first, second = features_of("a"), features_of("b")

    for _ in range(3_000):
        classifier.learn_one(first, SPAM)
        classifier.learn_one(second, HAM)

    assert np.abs(classifier.weights).max() <= WEIGHT_LIMIT


def test_a_copy_learns_for_itself() -> None:
    classifier = LinearClassifier()
    features = features_of("Halo semua")
    classifier.learn_one(features, SPAM)
    before = classifier.score_one(features)

    copy.deepcopy(classifier).learn_one(features, HAM)

    assert classifier.score_one(features) == before


@pytest.mark.parametrize("damage", ["cut", "type", "outside", "lengths", "zlib"])
def test_load_refuses_a_damaged_state(damage: str) -> None:
    classifier = LinearClassifier()
    classifier.learn_one(features_of("Halo"), SPAM)
    common, own, seen, balance = msgspec.msgpack.decode(classifier.dump())
    states = {
        "cut": classifier.dump()[:-3],
        "type": msgspec.msgpack.encode([1, 2, 3]),
        "outside": msgspec.msgpack.encode([common, common, seen, balance]),
        "lengths": msgspec.msgpack.encode(
            [common, [own[0], common[1], own[2]], seen, balance]
        ),
        "zlib": msgspec.msgpack.encode([[b"x", *common[1:]], own, seen, balance]),
    }

    with pytest.raises(ModelError, match="damaged"):
        LinearClassifier().load(states[damage])
