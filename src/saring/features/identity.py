"""Identity: who writes, as names that can be recognised the next time."""

from saring.comment import Comment
from saring.features.slots import slot_of


def extract(comment: Comment) -> list[int]:
    """Return the slots of the author, the e-mail domain and the network."""
    slots = [slot_of(f"identity:author:{comment.author.strip().casefold()}")]
    if comment.author_email:
        slots.append(
            slot_of(f"identity:mail:{comment.author_email.rpartition('@')[2].lower()}")
        )
    if comment.address:
        slots.append(slot_of(f"identity:network:{comment.address.rpartition('.')[0]}"))
    return slots
