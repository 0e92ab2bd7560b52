from collections.abc import Sequence

from saring import Comment, Engine
from saring.changes import Search
from saring.edits import Edit
from saring.ledger.records import Site
from saring.phrases import Phrase
from saring.verdict import Check


def leaving_out(start: int, stop: int) -> Edit:
    return Edit(Phrase("change-word"), cuts=(((start, stop), ""),))


def test_no_change_is_judged_twice() -> None:
    judged: list[str] = []
    engine = Engine()

    def judge(comments: Sequence[Comment], sites: Sequence[Site]) -> Sequence[Check]:
        judged.extend(comment.content for comment in comments)
        return engine.check_many(comments, sites)

    search = Search(Comment(content="satu dua tiga"), Site(), judge)
    one, two = (leaving_out(0, 5),), (leaving_out(5, 9),)
    first = search.try_all([one, two])
    again = search.try_all([two, (*one, *two), one])

    assert judged == ["dua tiga", "satu tiga", "tiga"]
    assert search.judgement_count == len(judged)
    assert [each.check for each in again[::2]] == [each.check for each in first[::-1]]


def test_known_changes_are_told_when_no_more_may_be_judged() -> None:
    search = Search(Comment(content="a" * 100), Site(), Engine().check_many)
    many = [(leaving_out(0, stop),) for stop in range(1, 90)]

    tried = search.try_all(many)

    assert len(tried) == search.judgement_count < len(many)
    assert search.try_all(many) == tried
