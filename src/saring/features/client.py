"""Client: what sent the comment, how the form was filled in, and when.

All times are of the comment itself: there is no clock here.
"""

import re
from datetime import UTC, datetime
from functools import lru_cache

from saring.comment import Comment, FormActivity
from saring.features.slots import pack

_MAX_AGENT = 300
_PRODUCT = re.compile(r"([A-Za-z][\w.-]{1,30})/([0-9]{1,4})")
_SYSTEMS = ("android", "iphone", "ipad", "windows", "macintosh", "linux", "bot", "curl")
_SECONDS_A_DAY = 86_400
_MILLISECONDS = 1_000
_MAX_BUCKET = 24


def names(comment: Comment) -> list[str]:
    """Return the names of the features of how a comment was sent."""
    named = [type_name(comment.type)]
    if comment.user_agent:
        named += agent_names(comment.user_agent)
    spoken = comment.headers.get("accept-language")
    if spoken is not None:
        named += language_names(spoken, comment.languages)
    return named + _rare_names(comment)


def type_name(kind: str) -> str:
    """Return the name of a comment's type, as a feature."""
    return f"client:type:{kind[:40]}"


def _rare_names(comment: Comment) -> list[str]:
    """Return the names that need no cache: few values, or none on most comments."""
    named = []
    if comment.honeypot:
        named.append("client:honeypot")
    if comment.nonce:
        named.append(f"client:nonce:{comment.nonce[:20]}")
    if comment.form is not None:
        named += form_names(comment.form, len(comment.content))
    if comment.post_modified_at and comment.created_at:
        named.append(age_name(comment.created_at, comment.post_modified_at))
    if comment.referrer and comment.permalink:
        named.append(f"client:referrer:{_is_same_page(comment)}")
    return named


def _is_same_page(comment: Comment) -> str:
    here, there = comment.permalink[:200], comment.referrer[:200]
    if there.startswith(here):
        return "page"
    host = here.partition("://")[2].partition("/")[0]
    return "site" if host and host in there else "elsewhere"


def agent_names(agent: str) -> list[str]:
    """Return the names of a browser's features: products, versions, system."""
    agent = agent[:_MAX_AGENT]
    lowered = agent.lower()
    products = dict(_PRODUCT.findall(lowered)[:5]).items()
    return [
        f"client:agent:{agent}",
        *(f"client:product:{name}" for name, _ in products),
        *(f"client:version:{name}:{version}" for name, version in products),
        *(f"client:system:{system}" for system in _SYSTEMS if system in lowered),
    ]


def language_names(spoken: str, languages: tuple[str, ...]) -> list[str]:
    """Return the names of a browser's language features.

    Args:
        spoken: The accept-language header.
        languages: The site's own.
    """
    first = spoken[:100].partition(",")[0].partition(";")[0].strip().lower()
    main = first.partition("-")[0]
    if not main:
        return ["client:language:none"]
    ours = {language.partition("-")[0].lower() for language in languages}
    fits = "unknown" if not ours else "yes" if main in ours else "no"
    return [f"client:language:{main}", f"client:language_fits:{fits}"]


def form_names(form: FormActivity, length: int) -> list[str]:
    """Return the names of what the page's script saw, in log2 buckets.

    Args:
        form: Times and counts of the writing.
        length: Of the content, in characters.
    """
    named = []
    end = form.submitted_at_ms
    for name, start in (
        ("page", form.script_at_ms),
        ("typing", form.typing_started_at_ms),
    ):
        if start is not None and end is not None:
            seconds = max(0, end - start) // _MILLISECONDS
            named.append(f"client:{name}_time:{_bucket(seconds)}")
    if form.key_press_count is not None:
        typed = 8 * max(0, form.key_press_count) // max(1, length)
        named.append(f"client:typed:{min(typed, 16)}")
    for name, count in (
        ("corrections", form.correction_count),
        ("clicks", form.mouse_click_count),
        ("moves", form.mouse_move_count),
        ("touches", form.touch_count),
        ("scrolls", form.scroll_count),
    ):
        if count is not None:
            named.append(f"client:{name}:{_bucket(count)}")
    return named


def _bucket(count: int) -> int:
    return min(max(0, count).bit_length(), _MAX_BUCKET)


def age_name(at: datetime, modified_at: datetime) -> str:
    """Return the name of the age of the post when the comment came, in log2 days."""
    seconds = (_aware(at) - _aware(modified_at)).total_seconds()
    return f"client:post_age:{_bucket(int(seconds // _SECONDS_A_DAY))}"


def _aware(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=UTC)


@lru_cache(maxsize=256)
def _type_slots(kind: str) -> bytes:
    return pack([type_name(kind)])


@lru_cache(maxsize=8_192)
def _agent_slots(agent: str) -> bytes:
    return pack(agent_names(agent))


@lru_cache(maxsize=8_192)
def _language_slots(spoken: str, languages: tuple[str, ...]) -> bytes:
    return pack(language_names(spoken, languages))


# Few names, and so not many combinations but for what the form's script saw.
@lru_cache(maxsize=8_192)
def _rare_slots(names: tuple[str, ...]) -> bytes:
    return pack(names)


def extract(comment: Comment) -> bytes:
    """Return the packed slots of `names`."""
    slots = _type_slots(comment.type)
    if comment.user_agent:
        slots += _agent_slots(comment.user_agent)
    spoken = comment.headers.get("accept-language")
    if spoken is not None:
        slots += _language_slots(spoken, comment.languages)
    rare = _rare_names(comment)
    return slots + _rare_slots(tuple(rare)) if rare else slots
