"""Client: what sent the comment, and how the form was filled in."""

from saring.comment import Comment
from saring.features.slots import slot_of


def extract(comment: Comment) -> list[int]:
    """Return the slots of the browser, the form and the type of the comment."""
    slots = [slot_of(f"client:type:{comment.type}")]
    if comment.honeypot:
        slots.append(slot_of("client:honeypot"))
    return slots
