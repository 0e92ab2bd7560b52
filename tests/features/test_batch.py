import numpy as np
import pytest

from saring.comment import Comment
from saring.errors import ModelError
from saring.features import Batch, extract, extract_many

COMMENTS = [
    Comment(content="Terima kasih", author="Alice"),
    Comment(content=""),
    Comment(content="slot gacor http://a.example/", author="Sam"),
]


def test_batch_is_a_sequence_of_features() -> None:
    batch = extract_many(COMMENTS)

    assert len(batch) == 3
    assert batch[1].dump() == batch[-2].dump() == extract(COMMENTS[1]).dump()
    assert [one.dump() for one in batch[1:]] == [one.dump() for one in [*batch][1:]]


def test_batch_of_features_is_what_they_came_from() -> None:
    batch = extract_many(COMMENTS)

    again = Batch.of([*batch])

    assert np.array_equal(again.slots, batch.slots)
    assert np.array_equal(again.starts, batch.starts)
    assert np.array_equal(again.word_starts, batch.word_starts)
    assert np.array_equal(again.ends, batch.ends)


def test_batch_of_nothing_is_empty() -> None:
    assert len(extract_many([])) == len(Batch.of([])) == 0


def test_batch_knows_what_sites_weigh_for_themselves() -> None:
    batch = extract_many(COMMENTS)

    places, sizes = batch.site_places()

    assert sizes.tolist() == [len(one.site_slots) for one in batch]
    expected = [slot for one in batch for slot in one.site_slots.tolist()]
    assert batch.slots[places].tolist() == expected


def test_batch_is_loaded_from_dumps() -> None:
    batch = extract_many(COMMENTS)

    loaded = Batch.load([one.dump() for one in batch])

    assert [one.dump() for one in loaded] == [one.dump() for one in batch]
    assert len(Batch.load([])) == 0


def test_batch_refuses_damaged_dumps() -> None:
    dumps = [one.dump() for one in extract_many(COMMENTS)]

    with pytest.raises(ModelError, match="cut"):
        Batch.load([dumps[0], dumps[1][:-1]])
