"""What every classifier promises, rule by rule, on each that is registered."""

import hashlib
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saring import classifiers
from saring.classifiers.contract import CLASSIFIERS, Classifier
from saring.comment import Comment
from saring.features import Batch, Features, extract
from saring.verdict import Label

Make = Callable[[], Classifier]
Lessons = Iterable[tuple[str, Label]]

SPAM, HAM = Label.SPAM, Label.HAM
LESSONS = (
    ("Situs gacor, bonus tiap hari, daftar sekarang", SPAM),
    ("Terima kasih, resepnya sudah saya coba", HAM),
    ("Cheap watches, visit my page", SPAM),
    ("I disagree with the second paragraph", HAM),
    ("Bonus 100% langsung cair, gacor", SPAM),
)


class Meter:
    """Counts the bytes that would go into a digest."""

    size = 0

    def update(self, data: bytes, /) -> None:
        self.size += len(data)


@pytest.fixture(params=sorted(CLASSIFIERS))
def make(request: pytest.FixtureRequest) -> Make:
    return CLASSIFIERS[request.param]


def features_of(text: str, author: str = "Sam") -> Features:
    return extract(Comment(content=text, author=author))


def taught(make: Make, lessons: Lessons = LESSONS) -> Classifier:
    classifier = make()
    for text, label in lessons:
        classifier.learn_one(features_of(text), label)
    return classifier


def digest(classifier: Classifier) -> str:
    total = hashlib.sha256()
    classifier.digest_into(total)
    return total.hexdigest()


def test_registry_holds_every_class_that_learns() -> None:
    found = {
        member
        for module in pkgutil.iter_modules(classifiers.__path__)
        for _, member in inspect.getmembers(
            importlib.import_module(f"saring.classifiers.{module.name}"),
            inspect.isclass,
        )
        if hasattr(member, "learn_one") and member is not Classifier
    }

    assert found == set(CLASSIFIERS.values())


def test_scoring_changes_nothing(make: Make) -> None:
    classifier = taught(make)
    before = digest(classifier)

    classifier.score_one(features_of("anything at all"), 7)

    assert digest(classifier) == before


def test_scoring_many_gives_what_scoring_each_gives(make: Make) -> None:
    classifier = taught(make)
    found = [features_of(text) for text in ("", "Slot gacor", "Terima kasih", "Halo")]

    together = classifier.score_many(Batch.of(found), [0, 7, 7, 0])

    expected = zip(found, (0, 7, 7, 0), strict=True)
    assert together == [classifier.score_one(*one) for one in expected]


def test_scoring_alone_leaves_it_untouched(make: Make) -> None:
    classifier = make()

    classifier.score_one(features_of("anything at all"))

    assert classifier.is_untouched


def test_same_lessons_in_the_same_order_give_the_same_bits(make: Make) -> None:
    assert digest(taught(make)) == digest(taught(make))


def test_folding_without_a_lesson_equals_never_having_seen_it(make: Make) -> None:
    kept = [lesson for lesson in LESSONS if lesson != LESSONS[2]]

    folded_again = taught(make, kept)

    assert digest(folded_again) == digest(taught(make, kept))
    assert digest(folded_again) != digest(taught(make))


def test_inputs_are_not_touched(make: Make) -> None:
    features = features_of("Daftar sekarang juga")
    before = features.dump()
    classifier = make()

    classifier.learn_one(features, SPAM)
    classifier.score_one(features)

    assert features.dump() == before


def test_order_of_features_does_not_matter(make: Make) -> None:
    features = features_of("Bonus besar menanti anda semua")
    end = features.word_start
    slots = features.slots.copy()
    slots[:end] = slots[:end][::-1]
    turned = features._replace(slots=slots)
    first, second = make(), make()

    first.learn_one(features, SPAM)
    second.learn_one(turned, SPAM)

    assert digest(first) == digest(second)
    assert first.score_one(features) == first.score_one(turned)


def test_unknown_features_are_fine(make: Make) -> None:
    score = taught(make).score_one(features_of("ภาษาไทย слово 漢字"))

    assert 0 < score.probability < 1


def test_a_comment_without_text_is_fine(make: Make) -> None:
    classifier = taught(make)
    nothing = features_of("", author="")

    classifier.learn_one(nothing, SPAM)

    assert classifier.score_one(nothing).probability > 0.5


def test_the_score_before_any_learning_is_one_half(make: Make) -> None:
    assert make().score_one(features_of("Halo")).probability == 0.5


@pytest.mark.parametrize("label", [SPAM, HAM])
def test_learning_one_class_moves_scores_its_way(make: Make, label: Label) -> None:
    classifier = make()

    classifier.learn_one(features_of("Selamat pagi semuanya"), label)

    probability = classifier.score_one(features_of("Selamat pagi")).probability
    assert (probability > 0.5) is (label is SPAM)


def test_save_and_load_give_equal_scores(make: Make) -> None:
    saved, loaded = taught(make), make()

    loaded.load(saved.dump())

    features = features_of("Bonus resep watches paragraph")
    assert loaded.score_one(features) == saved.score_one(features)
    assert digest(loaded) == digest(saved)


def test_loading_what_learned_nothing_leaves_it_untouched(make: Make) -> None:
    classifier = taught(make)

    classifier.load(make().dump())

    assert classifier.is_untouched


def test_memory_is_bounded_on_endless_new_features(make: Make) -> None:
    classifier, chance = make(), np.random.default_rng(0)

    for number in range(300):
        text = "".join(map(chr, chance.integers(0x4E00, 0x9FFF, 400)))
        classifier.learn_one(features_of(text), (SPAM, HAM)[number % 2], number)

    held = Meter()
    classifier.digest_into(held)
    assert 0 < held.size <= 20 * 2**20


@given(st.lists(st.tuples(st.text(), st.sampled_from(Label)), min_size=1, max_size=8))
@settings(max_examples=20, deadline=None)
def test_the_last_label_of_any_comment_decides_its_side(
    lessons: list[tuple[str, Label]],
) -> None:
    for make in CLASSIFIERS.values():
        classifier = taught(make, lessons)
        text, label = lessons[-1]
        probability = classifier.score_one(features_of(text)).probability
        assert (probability > 0.5) is (label is SPAM)
