import pytest

from saring import markup
from saring.comment import Comment
from saring.features import describe, extract, post
from saring.features.slots import pack, slot_of

POST = "https://alice.example/resep-sambal/"


def names(content: str, permalink: str = POST, author_url: str = "") -> list[str]:
    comment = Comment(content=content, permalink=permalink, author_url=author_url)
    return post.names(comment, markup.reduce(content))


def test_a_comment_without_a_post_has_no_names() -> None:
    assert names("Terima kasih", permalink="") == []
    assert post.extract(Comment(), markup.reduce("")) == b""


def test_names_tell_the_post_alone_and_with_what_is_written() -> None:
    assert names("Terima kasih") == [
        "links:post:https://alice.example/resep-sambal",
        "links:post_length:4:https://alice.example/resep-sambal",
        "links:post_links:00:https://alice.example/resep-sambal",
        "links:post_letters:011:https://alice.example/resep-sambal",
    ]


@pytest.mark.parametrize("ending", ["", "#respond", "/#comment-7"])
def test_a_place_on_the_page_is_no_other_post(ending: str) -> None:
    assert names("Halo", POST.rstrip("/") + ending) == names("Halo")


def test_posts_are_told_apart() -> None:
    assert not set(names("Halo")) & set(names("Halo", "https://alice.example/?p=2"))


def test_links_of_text_and_author_are_told_apart() -> None:
    found = {
        names(content, author_url=url)[2]
        for content in ("Halo", "Halo https://sam.example/")
        for url in ("", "https://sam.example/")
    }

    assert len(found) == 4


def test_extract_packs_the_names_and_joins_the_links() -> None:
    comment = Comment(content="Halo", permalink=POST)

    packed = post.extract(comment, markup.reduce("Halo"))

    features = extract(comment)
    spans = {family: (start, end) for family, start, end in features.spans()}
    start, end = spans["links"]
    assert packed == pack(names("Halo"))
    assert slot_of(names("Halo")[0]) in features.slots[start:end].tolist()
    assert set(names("Halo")) <= {named.name for named in describe(comment)}
