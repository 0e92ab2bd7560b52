import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saring.comment import MAX_CONTENT_CHARACTERS, Comment
from saring.features import (
    BATCH_COMMENTS,
    FAMILIES,
    MAX_SLOTS,
    SLOT_BITS,
    Features,
    describe,
    extract,
    extract_many,
)
from saring.features.reading import HEAD_CHARACTERS

ALICE = Comment(
    author="Alice Wijaya",
    author_email="alice@example.com",
    author_url="https://alice.example/",
    address="203.0.113.9",
    user_agent="Mozilla/5.0 (X11; Linux x86_64) Firefox/128.0",
    content="Terima kasih infonya, kak. Jalan 7 ditutup sampai http://a.example/x",
)


def family(features: Features, name: str) -> list[int]:
    spans = {family: (start, end) for family, start, end in features.spans()}
    start, end = spans[name]
    return [int(slot) for slot in features.slots[start:end]]


def test_extract_is_the_same_every_time() -> None:
    first, second = extract(ALICE), extract(ALICE)

    assert first.dump() == second.dump()


def test_extract_never_changes_within_a_version() -> None:
    features = extract(Comment(content="Slot gacor 88", author="Sam"))

    # A change here makes every stored event unreadable: raise FEATURE_VERSION.
    assert int(features.slots.astype(np.uint64).sum()) == 175531663


@given(
    st.builds(
        Comment,
        content=st.text(max_size=300),
        author=st.text(max_size=30),
        author_url=st.text(max_size=30),
        author_email=st.text(max_size=30),
        address=st.text(max_size=30),
        user_agent=st.text(max_size=30),
        headers=st.dictionaries(st.just("accept-language"), st.text(max_size=9)),
    )
)
def test_extract_takes_any_comment(comment: Comment) -> None:
    features = extract(comment)

    assert len(features.slots) <= MAX_SLOTS
    assert all(end > start for _, start, end in features.spans())
    assert int(features.slots.max()) < 1 << SLOT_BITS
    assert 0 < features.word_start <= features.starts[1]
    assert Features.load(features.dump()).dump() == features.dump()
    for name in FAMILIES:
        assert len(set(family(features, name))) == len(family(features, name))


def test_extract_gives_decoration_its_own_family() -> None:
    plain = extract(Comment(content="slot gacor hari ini"))
    disguised = extract(Comment(content="𝗦𝗟𝗢𝗧 ɢᴀᴄᴏʀ hari ini"))

    assert set(family(plain, "text")) <= set(family(disguised, "text"))
    assert set(family(plain, "disguise")) != set(family(disguised, "disguise"))


def test_extract_keeps_small_families_of_a_long_comment() -> None:
    words = " ".join(f"{number:x}kata{number * 7919}" for number in range(4_000))
    short, long = (
        extract(ALICE),
        extract(Comment(content=words, author="Alice Wijaya", address="203.0.113.9")),
    )

    assert len(long.slots) <= MAX_SLOTS
    assert set(family(long, "identity")) <= set(family(short, "identity"))


def test_extract_gives_near_copies_of_long_comments_the_same_slots() -> None:
    words = [f"{number * 7919:x}" for number in range(1_500)]
    first = extract(Comment(content=" ".join(words)))
    second = extract(Comment(content=" ".join(["halo", *words])))

    shared = set(first.slots.tolist()) & set(second.slots.tolist())

    assert len(shared) > 0.9 * len(first.slots)


ODD = [
    Comment(),
    Comment(content="A b c", author="X"),
    Comment(content="½ ﷺ " * 900, author="ǆ" * 300),
    Comment(content="kata " * 4_000),
    Comment(content="\ud800 😂 <b>x</b> 𝗦𝗟𝗢𝗧 8️⃣", author="Sam"),
]


def test_extract_many_gives_what_extract_gives() -> None:
    comments = [ALICE, *ODD, ALICE] * 12

    batch = extract_many(comments)

    assert len(batch) == len(comments) > BATCH_COMMENTS
    for features, comment in zip(batch, comments, strict=True):
        assert features.dump() == extract(comment).dump()


@given(st.lists(st.builds(Comment, content=st.text(), author=st.text(max_size=9))))
def test_extract_many_takes_any_comments(comments: list[Comment]) -> None:
    found = [features.dump() for features in extract_many(comments)]

    assert found == [extract(comment).dump() for comment in comments]


def test_extract_many_divides_what_is_too_long_for_one_pass() -> None:
    long = Comment(content="ﷺ" * 5_000)

    found = [features.dump() for features in extract_many([long] * 9)]

    assert found == [extract(long).dump()] * 9


HOSTILE = [
    "x",
    "a ",
    "a1",
    "😂",
    "e\u0332",
    "ﷺ",
    "½",
    "<a>",
    "[b]",
    "http://",
    "ѕ",
    "\ud800",
]


@pytest.mark.timeout(60)  # a pattern that blows up takes hours
@pytest.mark.parametrize("piece", HOSTILE)
def test_extract_bounds_its_work(piece: str) -> None:
    content = (piece * MAX_CONTENT_CHARACTERS)[:MAX_CONTENT_CHARACTERS]

    features = extract(Comment(content=content, author=content[:2_048]))

    assert len(features.slots) <= MAX_SLOTS


def test_describe_names_every_slot() -> None:
    features = extract(ALICE)

    named = {(name.family, slot) for name in describe(ALICE) for slot in name.slots}

    for name in ("links", "identity", "disguise", "client"):
        assert {(name, slot) for slot in family(features, name)} <= named
    words = features.slots[features.word_start : features.starts[1]].tolist()
    # The last word of the author and the first of the content are a pair unnamed.
    assert len({("text", slot) for slot in words} - named) == 1


def test_describe_tells_where_words_stand() -> None:
    content = "x " * HEAD_CHARACTERS + "slot gacor"

    spans = {named.name: named.span for named in describe(Comment(content=content))}

    assert spans["text:word:gacor"] == (len(content) - 5, len(content))
    assert spans["links:count:0"] is None
