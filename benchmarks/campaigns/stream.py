"""The simulated stream: sites, readers, shared addresses, campaigns that grow."""

import random
from collections.abc import Iterator
from typing import NamedTuple

from benchmarks.campaigns import texts
from benchmarks.campaigns.mutations import MUTATIONS

from saring.comment import Comment
from saring.verdict import Label

DAY_SECONDS = 86_400.0
DAYS = 10
SITES = 12
CAMPAIGN_SIZES = (6, 12, 25, 50, 100)
READERS = 600
PLEASANTRIES = 1_000
FLOOD = 400
# Of all readers, these share the one address of their carrier with a spammer.
CARRIER = "198.51.100.7"
CARRIER_READERS = 2_000


class Arrival(NamedTuple):
    """One comment of the stream.

    Attributes:
        at: Seconds since the stream's beginning.
        site: Number of the site it came to.
        kind: What it is: "reader", "carrier", "pleasantry", one of `COPIED`, "flood"
            for spam through the carrier's address, or a kind of campaign.
        campaign: Its number, from 1; 0 for what belongs to none.
        strength: How much each copy is changed, the name of a mutation.
    """

    at: float
    site: int
    comment: Comment
    label: Label
    kind: str
    campaign: int = 0
    strength: str = ""


def make_stream(seed: int) -> list[Arrival]:
    """Return the arrivals in order of time, the same for the same seed."""
    chance = random.Random(seed)
    arrivals = [
        *readers(chance),
        *carrier(chance),
        *pleasantries(chance),
        *copied(chance),
        *campaigns(chance),
    ]
    return sorted(arrivals, key=lambda arrival: arrival.at)


def readers(chance: random.Random, count: int = READERS) -> Iterator[Arrival]:
    """Yield what readers write themselves, from addresses of their own."""
    known = [person(chance) for _ in range(count // 4)]
    for _ in range(count):
        author, email, address = chance.choice(known)
        yield arrive(chance, opinion(chance), author, email, address, kind="reader")


def carrier(chance: random.Random) -> Iterator[Arrival]:
    """Yield honest readers behind one address, and a spammer's flood through it.

    The flood has a text of its own each time, so that no campaign gives it away, and
    comes before most of the readers do.
    """
    for _ in range(FLOOD):
        author, email, _own = person(chance)
        text = flood(chance)
        yield arrive(
            chance, text, author, email, CARRIER, kind="flood", label=Label.SPAM,
            within=(0.0, 3.0),
        )  # fmt: skip
    for _ in range(CARRIER_READERS):
        author, email, _own = person(chance)
        text = opinion(chance)
        yield arrive(chance, text, author, email, CARRIER, kind="carrier")


def pleasantries(chance: random.Random, count: int = PLEASANTRIES) -> Iterator[Arrival]:
    """Yield what many say in the same words, with hardly a change."""
    for _ in range(count):
        author, email, address = person(chance)
        text = chance.choice(texts.PLEASANTRIES)
        if chance.random() < 0.3:
            text += chance.choice((" 🙏", "...", "!", " 😢", " amin"))
        address = chance.choice((address, CARRIER))
        yield arrive(chance, text, author, email, address, kind="pleasantry")


def copied(chance: random.Random, count: int = 40) -> Iterator[Arrival]:
    """Yield what honest readers paste from each other within a day."""
    for kind, text in texts.COPIED.items():
        begins = chance.uniform(1, DAYS - 2)
        for _ in range(count):
            author, email, address = person(chance)
            yield arrive(
                chance, text, author, email, address, kind=kind,
                within=(begins, begins + 1),
            )  # fmt: skip


def campaigns(chance: random.Random) -> Iterator[Arrival]:
    """Yield a campaign of each kind with each mutation, in sizes by turns."""
    number = 0
    for turn, (strength, mutate) in enumerate(MUTATIONS.items()):
        for kind, templates in texts.CAMPAIGNS.items():
            size = CAMPAIGN_SIZES[(number + turn) % len(CAMPAIGN_SIZES)]
            number += 1
            text = fill(chance, chance.choice(templates))
            begins = chance.uniform(0, DAYS - 2)
            for _ in range(size):
                author, email, address = person(chance)
                yield arrive(
                    chance, mutate(text, chance), author, email, address, kind=kind,
                    label=Label.SPAM, within=(begins, begins + 1),
                )._replace(campaign=number, strength=strength)  # fmt: skip


def arrive(  # noqa: PLR0913 a comment has many parts
    chance: random.Random,
    text: str,
    author: str,
    email: str,
    address: str,
    *,
    kind: str,
    label: Label = Label.HAM,
    within: tuple[float, float] = (0.0, DAYS),
) -> Arrival:
    """Return an arrival at a site and a time by chance, days `within` the stream."""
    comment = Comment(
        content=text,
        author=author,
        author_email=email,
        address=address,
        user_agent=chance.choice(AGENTS),
        languages=("id",),
    )
    at = chance.uniform(*within) * DAY_SECONDS
    return Arrival(at, chance.randrange(SITES), comment, label, kind)


AGENTS = (
    "Mozilla/5.0 (Linux; Android 15; SM-A155F) Chrome/142.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) Version/18.6 Safari/604.1",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/142.0.0.0 Safari/537.36",
)


def person(chance: random.Random) -> tuple[str, str, str]:
    """Return the name, e-mail address and IP address of somebody new."""
    name, surname = chance.choice(texts.NAMES), chance.choice(texts.SURNAMES)
    mail = (
        f"{name}.{surname}{chance.randrange(10**6)}@mail{chance.randrange(5)}.example"
    )
    address = ".".join(str(chance.randrange(1, 224)) for _ in range(4))
    return f"{name} {surname}".strip(), mail.lower(), address


def opinion(chance: random.Random) -> str:
    """Return a comment of one to three sentences."""
    parts = (texts.OPENINGS, texts.MIDDLES, texts.ENDINGS)
    sentences = [
        " ".join(chance.choice(part) for part in parts).strip()
        for _ in range(chance.choice((1, 1, 2, 3)))
    ]
    return fill(chance, ". ".join(sentences))


def flood(chance: random.Random) -> str:
    """Return spam that is no copy of other spam: an opinion, and a link of its own."""
    return fill(chance, opinion(chance) + " https://{host}/{word}")


def fill(chance: random.Random, text: str) -> str:
    """Return a text with its braces filled in."""
    words = {name: chance.choice(found) for name, found in texts.WORDS.items()}
    return text.format(
        **words,
        brand=f"{chance.choice(texts.BRANDS)}{chance.randrange(10, 999)}",
        number=chance.randrange(5, 95),
        name=chance.choice(texts.NAMES),
        phone=f"08{chance.randrange(10**9, 10**10)}",
        host=f"{chance.choice(texts.BRANDS).lower()}-{chance.randrange(999)}.example",
        word=chance.choice(("shoes", "loans", "watches", "hosting", "pills")),
    )
