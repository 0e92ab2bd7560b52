"""Actors: the four people of every test, and comments of theirs in the wire's form.

Alice owns a site and Bob moderates it; Mallory owns another site and wishes Alice no
good; Sam sends spam. All texts are our own; hosts and addresses belong to nobody.
"""

import itertools
from dataclasses import dataclass
from urllib.parse import urlencode

ALICE_SITE = "https://alice.example/"
ALICE_POST = "https://alice.example/kebun/tomat-di-atap"
MALLORY_SITE = "https://mallory.example/"
MALLORY_POST = "https://mallory.example/news/1"

GUARANTEED_SPAM_AUTHOR = "akismet-guaranteed-spam"
GUARANTEED_SPAM_EMAIL = "akismet-guaranteed-spam@example.com"

Form = dict[str, str]


@dataclass(frozen=True)
class Person:
    """Somebody who writes comments, as their browser shows them to a site."""

    name: str
    email: str
    address: str
    user_agent: str
    website: str = ""


ALICE = Person(
    name="Alice",
    email="alice@alice.example",
    address="192.0.2.10",
    user_agent="Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    website=ALICE_SITE,
)
BOB = Person(
    name="Bob",
    email="bob@bob.example",
    address="192.0.2.77",
    user_agent="Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0",
)
MALLORY = Person(
    name="Mallory",
    email="mallory@mallory.example",
    address="198.51.100.66",
    user_agent="Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101",
    website=MALLORY_SITE,
)
SAM = Person(
    name="Sam Jackpot",
    email="sam.jackpot@spam.example",
    address="203.0.113.99",
    user_agent="python-requests/2.32",
    website="https://slot-hoki.example/daftar",
)

PLEASANTRIES = {
    "id": (
        "Terima kasih, resep pupuknya langsung saya coba sore ini dan daunnya segar.",
        "Mantap tulisannya, Bu. Ditunggu cerita panen berikutnya!",
        "Tomat saya juga layu kalau siang; ternyata potnya memang terlalu kecil.",
        "Wah, baru tahu kulit telur bisa dipakai begitu. Nanti saya ajak anak-anak.",
    ),
    "en": (
        "Thank you for this, my balcony tomatoes look happier since I moved the pots.",
        "Lovely photos. Did you water them in the morning or in the evening?",
        "I think paragraph three swaps the two varieties, but the advice still holds.",
        "We tried the eggshell trick last week and the children enjoyed it a lot.",
    ),
}

SPAM = {
    "id": (
        (
            "SLOT GACOR hari ini di HOKI123! Daftar sekarang, bonus 100%, WD cair "
            "https://slot-hoki.example/daftar"
        ),
        "gabung 𝗛𝗢𝗞𝗜𝟭𝟮𝟯 aja bos, modal receh auto maxwin, link ada di profil",
        "ѕӏоt gасоr tеrреrсауа hanya di H O K I 1 2 3, scatter tiap malam",
    ),
    "en": (
        (
            "Buy cheap pills online, no prescription needed, free shipping worldwide "
            "http://pills.example.net/order http://pills.example.net/sale"
        ),
        (
            "<a href='http://loans.example.net'>instant payday loans</a> in minutes, "
            "bad credit welcome, click <a href='http://loans.example.net/apply'>here</a>"
        ),
        (
            "Earn $5000 weekly from home with our casino system, register now at "
            "https://casino.example.net/?ref=sam"
        ),
    ),
}

_serial = itertools.count(1)


def comment(
    person: Person,
    content: str,
    *,
    blog: str = ALICE_SITE,
    permalink: str = ALICE_POST,
    **fields: str,
) -> Form:
    """Return a comment as a client sends it; `fields` are added or replace."""
    form = {
        "blog": blog,
        "blog_lang": "id, en",
        "blog_charset": "UTF-8",
        "user_ip": person.address,
        "user_agent": person.user_agent,
        "referrer": permalink,
        "permalink": permalink,
        "comment_type": "comment",
        "comment_author": person.name,
        "comment_author_email": person.email,
        "comment_author_url": person.website,
        "comment_content": content,
    }
    form.update(fields)
    return form


def pleasantry(
    person: Person = BOB, *, language: str = "id", number: int = 0, **fields: str
) -> Form:
    """Return an ordinary reader's comment; numbers go round the few texts there are."""
    texts = PLEASANTRIES[language]
    return comment(person, texts[number % len(texts)], **fields)


def spam(
    person: Person = SAM, *, language: str = "id", number: int = 0, **fields: str
) -> Form:
    """Return what Sam sends, plain (number 0) or disguised."""
    texts = SPAM[language]
    return comment(person, texts[number % len(texts)], **fields)


def guaranteed_spam(person: Person = SAM, **fields: str) -> Form:
    """Return a comment that every server of the protocol must call spam."""
    harmless = PLEASANTRIES["en"][0]
    return comment(
        person, harmless, **{"comment_author": GUARANTEED_SPAM_AUTHOR} | fields
    )


def unheard(text: str) -> str:
    """Return a text that no test has sent before: the same words, another number."""
    return f"{text} ({next(_serial)})"


def at_mallorys(form: Form) -> Form:
    """Return the same comment on Mallory's site."""
    return form | {
        "blog": MALLORY_SITE,
        "permalink": MALLORY_POST,
        "referrer": MALLORY_POST,
    }


def with_key(form: Form, key: str) -> Form:
    """Return the form with an API key in it, as current clients send it."""
    return form | {"api_key": key}


def encode(form: Form) -> bytes:
    """Return the request body of a form, UTF-8 and percent-encoded."""
    return urlencode(form).encode("ascii")
