"""Stub: the Akismet protocol's answers without a filter behind them.

The exercise runs against it where no server is named, to show that the cases hold for
the plugin and not only for Saring. It calls spam what the protocol's test values or a
report of the very same text say.
"""

import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

THANKS = "Thanks for making the web a better place."
SPAM_AUTHOR = "viagra-test-123"
SPAM_EMAIL = "akismet-guaranteed-spam@example.com"

TEXT = {"Content-Type": "text/plain; charset=utf-8"}
JSON = {"Content-Type": "application/json"}

Form = Mapping[str, str]


@dataclass(frozen=True)
class Reply:
    """An HTTP answer: status, headers as sent, body as text."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: str = ""

    def header(self, name: str) -> str | None:
        """Return a header's value without regard to case, or None."""
        for known, value in self.headers.items():
            if known.lower() == name.lower():
                return value
        return None

    def without_protocol_headers(self) -> "Reply":
        """Return the same answer less every X-akismet header."""
        kept = {
            name: value
            for name, value in self.headers.items()
            if not name.lower().startswith("x-akismet-")
        }
        return Reply(self.status, kept, self.body)

    def changed(
        self, *, status: int | None = None, body: str | None = None, **headers: str
    ) -> "Reply":
        """Return the answer with another status, body or headers (`_` for `-`)."""
        added = {name.replace("_", "-"): value for name, value in headers.items()}
        return Reply(
            self.status if status is None else status,
            self.headers | added,
            self.body if body is None else body,
        )


class Stub:
    """Answers each call as the protocol says."""

    def __init__(self, keys: Iterable[str]) -> None:
        self.keys = set(keys)
        self._reported: dict[str, bool] = {}

    def answer(self, path: str, form: Form) -> Reply:
        """Return the answer to a call, given its path and decoded form."""
        if path.startswith("/1.0/"):
            return Reply(headers={"Content-Type": "text/html"}, body="<p>statistics")
        if path == "/1.1/test":
            return Reply(headers=dict(TEXT), body="connected")
        if path == "/1.2/compatible-plugins":
            return Reply(headers=dict(JSON), body="[]")
        key = form.get("key") or form.get("api_key") or ""
        if key not in self.keys:
            return Reply(headers=dict(TEXT), body="invalid")
        return self._answer_known(path.rsplit("/", 1)[-1], form, key)

    def _answer_known(self, call: str, form: Form, key: str) -> Reply:
        match call:
            case "comment-check":
                return self._check(form)
            case "submit-spam" | "submit-ham":
                self._reported[_same(form)] = call == "submit-spam"
                return Reply(headers=dict(TEXT), body=THANKS)
            case "token":
                token = hashlib.sha256(key.encode()).hexdigest()[:32]
                return Reply(headers=dict(TEXT), body=token)
        if call in ACCOUNT:
            return Reply(headers=dict(JSON), body=json.dumps(ACCOUNT[call]))
        if call in WORDS:
            return Reply(headers=dict(TEXT), body=WORDS[call])
        return Reply(404, dict(TEXT), "no such call")

    def _check(self, form: Form) -> Reply:
        headers = TEXT | {"X-akismet-guid": uuid.uuid4().hex}
        spam = self._reported.get(_same(form), is_spam(form))
        return Reply(headers=headers, body="true" if spam else "false")


WORDS = {"verify-key": "valid", "deactivate": "deactivated"}
ACCOUNT: dict[str, dict[str, object]] = {
    "get-subscription": {
        "account_id": 1,
        "account_name": "Self-hosted",
        "account_type": "self-hosted",
        "status": "active",
        "next_billing_date": False,
        "limit_reached": False,
    },
    "get-stats": {
        "spam": 3,
        "ham": 4,
        "missed_spam": 0,
        "false_positives": 0,
        "accuracy": 100,
        "time_saved": 60,
        "breakdown": {},
    },
}


def is_spam(form: Form) -> bool:
    """Say whether the form carries one of the protocol's test values for spam."""
    if form.get("user_role") == "administrator":
        return False
    return (
        form.get("comment_author") == SPAM_AUTHOR
        or form.get("comment_author_email") == SPAM_EMAIL
    )


def _same(form: Form) -> str:
    """Return what tells one comment from another; checks come with slashes added."""
    return form.get("comment_content", "").replace("\\", "")
