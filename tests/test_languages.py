import pytest

from languages import LANGUAGES
from saring import Comment, Engine


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


def held(engine: Engine, texts: tuple[str, ...]) -> list[str]:
    comments = [Comment(content=text, author="Bob") for text in texts]
    checks = engine.check_many(comments)
    return [
        text for text, check in zip(texts, checks, strict=True) if check.verdict.is_held
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_honest_comment_is_held_in_any_language(
    engine: Engine, language: str
) -> None:
    assert not held(engine, LANGUAGES[language].ham)


def test_much_spam_is_held_in_languages_without_labelled_comments(
    engine: Engine,
) -> None:
    caught = sum(len(held(engine, known.spam)) for known in LANGUAGES.values())
    spam = sum(len(known.spam) for known in LANGUAGES.values())

    assert caught >= 0.6 * spam
