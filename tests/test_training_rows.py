import msgspec
import pytest

from saring.comment import Comment
from saring.training_rows import Chances, Example, Variants, mix, put_names, write_own
from saring.verdict import Label

NEVER = Chances(**dict.fromkeys(Chances.__struct_fields__, 0.0))

FULL = Comment(
    content="Halo , apa kabar ?",
    author="Sam",
    author_url="https://sam.example/",
    author_email="sam@sam.example",
    permalink="https://alice.example/1",
    languages=("id",),
)


def variants(comment: Comment, **chances: float) -> list[Comment]:
    drawn = Variants(["Alice"], 0, msgspec.structs.replace(NEVER, **chances))
    example = Example(comment, Label.HAM, "own")
    return [variant.comment for variant in drawn.of(example)]


def test_without_chances_a_row_stays_as_it_is() -> None:
    assert variants(FULL) == [FULL]


def test_variants_keep_label_and_source() -> None:
    example = Example(FULL, Label.SPAM, "own")

    drawn = list(Variants([], 0).of(example))

    assert {(variant.label, variant.source) for variant in drawn} == {
        (Label.SPAM, "own")
    }


def test_variants_are_the_same_for_a_seed() -> None:
    example = Example(FULL, Label.SPAM, "own")

    drawn = [
        [list(Variants(["Bob"], seed).of(example)) for _ in range(3)] for seed in (4, 4)
    ]

    assert drawn[0] == drawn[1]


def test_a_decorated_text_is_also_read_plain() -> None:
    decorated = Comment(content="𝗦𝗹𝗼𝘁 gacor")

    assert [c.content for c in variants(decorated, undisguised=1)] == [
        "𝗦𝗹𝗼𝘁 gacor",
        "slot gacor",
    ]
    assert len(variants(FULL, undisguised=1)) == 1


def test_a_plain_text_is_also_read_in_disguise() -> None:
    content = "pagi yang cerah"
    drawn = Variants([], 0, msgspec.structs.replace(NEVER, disguised=1))
    example = Example(Comment(content=content), Label.HAM, "own")

    written = [[v.comment.content for v in drawn.of(example)] for _ in range(30)]

    assert all(plain == content for plain, _disguised in written)
    assert sum(disguised != content for _plain, disguised in written) > 20


@pytest.mark.parametrize(
    ("chance", "field"),
    [
        ("no_author", "author"),
        ("no_url", "author_url"),
        ("no_email", "author_email"),
        ("no_permalink", "permalink"),
        ("no_language", "languages"),
    ],
)
def test_a_field_is_dropped(chance: str, field: str) -> None:
    (changed,) = variants(FULL, **{chance: 1})

    assert not getattr(changed, field)
    assert msgspec.structs.replace(changed, **{field: getattr(FULL, field)}) == FULL


def test_fields_are_made_where_there_are_none() -> None:
    (changed,) = variants(
        Comment(content="Halo"), other_author=1, made_url=1, made_email=1
    )

    assert changed.author == "Alice"
    assert "alice" in changed.author_url
    assert changed.author_email.startswith("alice@")


@pytest.mark.parametrize(
    ("chance", "content", "expected"),
    [
        ("tidied", "Halo , apa kabar ?", "Halo, apa kabar?"),
        ("untidied", "Halo, apa kabar?", "Halo , apa kabar ?"),
        ("lowered", "Halo", "halo"),
        ("shouted", "Halo", "HALO"),
        ("no_mention", "@alice setuju", "setuju"),
    ],
)
def test_habits_of_a_set_are_taken_off(
    chance: str, content: str, expected: str
) -> None:
    (changed,) = variants(Comment(content=content), **{chance: 1})

    assert changed.content == expected


def test_markup_becomes_what_people_write_without_it() -> None:
    content = (
        '<p>Lihat <a rel="x" href="https://a.example/">ini</a> &amp; itu<br>ya</p>'
    )

    (changed,) = variants(Comment(content=content), no_markup=1)

    assert "https://a.example/" in changed.content
    assert changed.content.endswith("& itu\nya\n")
    assert "<" not in changed.content


def test_indonesian_spam_is_also_read_with_another_brand() -> None:
    comment = Comment(content="main di meja99 saja", languages=("id",))
    drawn = Variants([], 0, msgspec.structs.replace(NEVER, rebranded=1))

    spam = [v.comment.content for v in drawn.of(Example(comment, Label.SPAM, "own"))]
    ham = [v.comment.content for v in drawn.of(Example(comment, Label.HAM, "own"))]

    assert len(spam) == 2
    assert "meja99" not in spam[1]
    assert ham == ["main di meja99 saja"]


def test_medleys_are_mixed_of_both_classes() -> None:
    examples = [
        Example(Comment(content=f"{label} nomor {number}"), label, "own")
        for number in range(24)
        for label in (Label.HAM, Label.SPAM)
    ]

    mixed = list(mix(examples, 0))

    assert [example.label for example in mixed].count(Label.HAM) == 6
    assert [example.label for example in mixed].count(Label.SPAM) == 4
    for example in mixed:
        text = example.comment.content.lower()
        assert text.count("nomor") > 1
        assert ("spam" in text) == (example.label is Label.SPAM)


def test_spam_without_ham_beside_it_is_not_mixed() -> None:
    spam = [Example(Comment(content="bonus"), Label.SPAM, "own")] * 12

    assert not list(mix(spam, 0))


def test_the_name_of_a_gambling_site_makes_indonesian_ham_spam() -> None:
    comment = Comment(content="terima kasih atas resepnya", languages=("id",))
    ham = [Example(comment, Label.HAM, "own")] * 48

    named = list(put_names(ham, 0))

    assert {example.label for example in named} == {Label.HAM, Label.SPAM}
    for example in named:
        assert example.comment.content != comment.content


def test_other_ham_is_only_given_honest_names() -> None:
    ham = [Example(Comment(content="thank you for the tea"), Label.HAM, "own")] * 48

    assert {example.label for example in put_names(ham, 0)} == {Label.HAM}


def test_our_own_writing_has_both_classes_in_every_language() -> None:
    for examples in write_own(0):
        assert {example.label for example in examples} == {Label.HAM, Label.SPAM}
