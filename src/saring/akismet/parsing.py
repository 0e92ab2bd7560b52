"""Parsing: from the bytes of a call to a Submission, refusing as little as possible.

Only the fields in `wire.fields` become part of a comment. Everything else that a site
may send (cookies, passwords, nonces, its whole server environment) is dropped before it
is even decoded.
"""

import re
from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

import msgspec

from saring.akismet import forms
from saring.comment import MAX_FIELD_CHARACTERS, Comment
from saring.desk import Caller, Feedback
from saring.errors import BadRequestError
from saring.verdict import Label
from saring.wire.comments import MAX_LIST_ITEMS, build_comment
from saring.wire.fields import HONEYPOTS, MAX_NAME_BYTES, find_slot, plain_name
from saring.wire.values import undo_slashes

# PHP reads no more than 1,000 by default, so no site sends more.
MAX_PAIRS = 4_096
MAX_CLIENT_CHARACTERS = 256
LINE = MAX_FIELD_CHARACTERS

HOST_KEY = re.compile(rb"[0-9a-fA-F]{12}(?=\.)")


class Call(msgspec.Struct):
    """One HTTP request, whole: `query` and `body` as sent, header names lower-case."""

    method: str = "POST"
    query: bytes = b""
    headers: Iterable[tuple[bytes, bytes]] = ()
    body: bytes = b""


class Form(msgspec.Struct):
    """The known fields of a call as text, by slot (see `wire.fields`).

    Attributes:
        values: What was sent once, or last.
        context: What was sent as `comment_context`, in the order of sending.
        client: The software that calls.
    """

    values: dict[str, str]
    context: list[str]
    client: str
    key: str

    @property
    def caller(self) -> Caller:
        """Return who calls."""
        return Caller(self.key, self.values.get("blog", "").strip()[:LINE])


class Submission(msgspec.Struct):
    """A comment and who sent it."""

    comment: Comment
    caller: Caller


class Report(msgspec.Struct):
    """A label and who sent it."""

    feedback: Feedback
    caller: Caller


def parse_check(call: Call) -> Submission:
    """Return what a comment-check asks.

    Raises:
        BadRequestError: `blog` or `user_ip` is missing; `field` says which.
    """
    form = parse_form(call)
    values = form.values
    # A recheck sends the database's row, REST a comment not yet slashed for it; both
    # have a status already.
    if form.client.startswith("WordPress/") and "comment_approved" not in values:
        undo_slashes(values)
    return Submission(_comment(form), _required(form))


def parse_report(call: Call, label: Label) -> Report:
    """Return what a submit-spam or submit-ham says.

    Raises:
        BadRequestError: `blog` or `user_ip` is missing; `field` says which.
    """
    form = parse_form(call)
    caller = _required(form)
    get = form.values.get
    held = {"true": True, "false": False}.get(get("comment_check_response", ""))
    feedback = Feedback(
        label=label,
        comment=_comment(form),
        guid=get("guid", "").strip().lower()[:64],
        reporter=get("reporter", "")[:LINE],
        was_held=held,
    )
    return Report(feedback, caller)


def parse_form(call: Call) -> Form:
    """Return the known fields of a call; the body's win over the query's."""
    body = call.body
    if body[:1] in (b"{", b" ", b"\n") and body.lstrip()[:1] == b"{":
        body = _form_of_json(body)
    source = call.query + b"&" + body if call.query else body
    if b"%00" in source or b"\0" in source:
        # PostgreSQL cannot keep a NUL, and no text needs one.
        source = source.replace(b"%00", b"+").replace(b"\0", b"+")
    pairs = source.replace(b"+", b" ").split(b"&", MAX_PAIRS)[:MAX_PAIRS]
    raw: dict[str, bytes] = {}
    listed: list[bytes] = []
    for pair in pairs:
        name, _, value = pair.partition(b"=")
        slot = find_slot(name) if len(name) <= MAX_NAME_BYTES else ""
        if slot:
            raw[slot] = value
            if slot == "comment_context":
                listed.append(value)
    if "honeypot_field_name" in raw:
        _find_honeypot(pairs, raw)
    return _decode(raw, listed[:MAX_LIST_ITEMS], call.headers)


def _form_of_json(body: bytes) -> bytes:
    """Return a JSON object as the form it would have been."""
    try:
        fields = msgspec.json.decode(body, type=dict[str, object])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return body
    pairs = [
        (name, item)
        for name, value in fields.items()
        for item in (value if isinstance(value, list) else [value])
        if isinstance(item, str | int | float)
    ]
    return urlencode(pairs).encode()


def _find_honeypot(pairs: list[bytes], raw: dict[str, bytes]) -> None:
    """Read the field that `honeypot_field_name` names."""
    sent = [pair.partition(b"=")[::2] for pair in pairs]
    names = [raw["honeypot_field_name"], *[name for name, _ in sent]]
    joined = forms.unquote(b"\0".join([name[:LINE] for name in names]))
    decoded = joined.decode(errors="replace").split("\0")
    wanted, *found = [plain_name(name) for name in decoded]
    for name, (_, value) in zip(found, sent, strict=True):
        if name in (wanted, f"post_{wanted}") and value:
            raw[HONEYPOTS[0]] = value


def _decode(
    raw: dict[str, bytes], listed: list[bytes], headers: Iterable[tuple[bytes, bytes]]
) -> Form:
    declared = raw.get("blog_charset", b"").decode("latin-1").strip()
    texts = forms.decode_all([*raw.values(), *listed], declared)
    values = dict(zip(raw, texts, strict=False))
    host, client = _read_headers(headers)
    return Form(values, texts[len(raw) :], client, _key(values, host))


def _read_headers(headers: Iterable[tuple[bytes, bytes]]) -> tuple[bytes, str]:
    host = client = b""
    for name, value in headers:
        if name == b"host":
            host = value
        elif name == b"user-agent":
            client = value
    return host, client[:MAX_CLIENT_CHARACTERS].decode("latin-1")


def _key(values: Mapping[str, str], host: bytes) -> str:
    key = values.get("key", "").strip() or values.get("api_key", "").strip()
    if not key:
        label = HOST_KEY.match(host)
        key = label[0].decode() if label else ""
    return key[:64].lower()


def _required(form: Form) -> Caller:
    """Return the caller of a form that has all it must have."""
    caller = form.caller
    if not caller.site:
        raise BadRequestError("blog is missing", field="blog")
    # It may be empty: some clients hide addresses on purpose.
    if "address" not in form.values:
        raise BadRequestError("user_ip is missing", field="user_ip")
    return caller


def _comment(form: Form) -> Comment:
    return build_comment(form.values, form.context, form.client)
