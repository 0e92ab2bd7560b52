"""Cases: the server is down, slow, or says something odd; what WordPress does then.

Newer plugins know a comment again by the guid of the reply alone and would publish it
without one; our must-use plugin sees to it that they hold it as older ones do.
"""

import json
import socket
import time
from collections.abc import Callable

from wordpress.browser import Browser
from wordpress.expect import Cases, SkippedError, expect, same
from wordpress.site import APPROVED, HELD, SPAM, Site, Visit
from wordpress.stub import SPAM_AUTHOR

CASES = Cases()

RECHECK = "akismet_schedule_cron_recheck"
FALLBACK = "akismet_approval_fallback"
NOTES = ("akismet_result", "akismet_error", "akismet_guid")
TROUBLES = (
    "hang-up",
    "http-500",
    "http-429",
    "http-503-guid",
    "empty",
    "invalid",
    "invalid-guid",
    "newline",
    "error-header",
)


def in_trouble(site: Site, mode: str) -> str:
    """Post a comment while the server is in trouble; see that it is held."""
    site.recorder.mode = mode
    started = time.monotonic()
    number = site.settles(HELD)
    took = time.monotonic() - started
    due = site.due_in(RECHECK)
    site.forget_cron()
    meta = site.meta(number)
    noted = ", ".join(name for name in NOTES if name in meta)
    tries = len(site.calls("comment-check"))
    return f"{tries} tries, {took:.1f} s; noted: {noted}; recheck in {due} s"


def trouble_case(mode: str) -> Callable[[Site], str]:
    """Return the case of one trouble, under a name of its own."""

    def case(site: Site) -> str:
        return in_trouble(site, mode)

    case.__name__ = "down_" + mode.replace("-", "_")
    return case


for trouble in TROUBLES:
    CASES.add(trouble_case(trouble))


@CASES.add
def down_refused_then_back(site: Site) -> str:
    """Nothing listens; then the server is back, and WordPress's cron asks again."""
    mailed = site.mail_count
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        site.point_at(f"http://127.0.0.1:{closed.getsockname()[1]}")
        try:
            ham = site.settles(HELD)
            spam = site.settles(HELD, Visit(author=SPAM_AUTHOR))
        finally:
            site.point_at(site.recorder.url)
    expect("akismet_error" in site.meta(ham), "no akismet_error")
    expect(1000 < (site.due_in(RECHECK) or 0) <= 1200, "recheck", site.due_in(RECHECK))
    held_back = site.mail_count - mailed
    site.run_cron(RECHECK)

    same(site.calls()[0].path, "/1.1/verify-key", "first call")
    see_rechecked(site, ham, spam)
    expect("akismet_error" not in site.meta(ham), "akismet_error is still there")
    return f"calls after: {site.trail()}; mails meanwhile: {held_back}"


def see_rechecked(site: Site, ham: int, spam: int) -> None:
    """See that held comments were checked again."""
    got = (site.status(ham), site.status(spam))
    same(got, (APPROVED, SPAM), "status of ham, spam")
    checked = site.calls("comment-check")
    reasons = {call.fields.get("recheck_reason") for call in checked}
    same(reasons, {"retry"}, "recheck_reason")


@CASES.add
def down_for_moderator(site: Site) -> None:
    """A moderator's own comment is not held, in any version."""
    site.recorder.mode = "hang-up"
    number = site.settles(APPROVED, Visit(author=None, who=site.admin))
    site.forget_cron()

    expect("akismet_error" in site.meta(number), "no akismet_error")


@CASES.add
def down_with_moderation_on(site: Site) -> str:
    """Where WordPress itself holds comments, the cron run checks them."""
    site.set_option("comment_moderation", "1")
    try:
        site.recorder.mode = "hang-up"
        ham = site.settles(HELD)
        spam = site.settles(HELD, Visit(author=SPAM_AUTHOR))
        site.begin()
        site.run_cron(RECHECK)
    finally:
        site.set_option("comment_moderation", "0")

    same((site.status(ham), site.status(spam)), (HELD, SPAM), "status of ham, spam")
    return f"calls: {site.trail()}"


@CASES.add
def spam_without_guid(site: Site) -> None:
    """A reply `true` without X-akismet-guid is held: newer plugins would publish it."""
    site.recorder.mode = "no-guid"
    site.settles(HELD, Visit(author=SPAM_AUTHOR))
    site.forget_cron()


@CASES.add
def spam_with_status_500(site: Site) -> None:
    """The plugin never looks at the HTTP status; our must-use plugin does."""
    site.recorder.mode = "status-500-true"
    site.settles(HELD, Visit(author=SPAM_AUTHOR))
    site.forget_cron()


@CASES.add
def alert_header(site: Site) -> str:
    """An alert becomes a notice in wp-admin, until a reply without it."""
    site.recorder.mode = "alert"
    site.settles(APPROVED)
    same(site.option("akismet_alert_code"), "10009", "akismet_alert_code")
    message = "The key is suspended."
    same(site.option("akismet_alert_msg"), message, "akismet_alert_msg")
    page = site.admin.get("/wp-admin/edit-comments.php").text
    expect(message in page, "no notice in wp-admin")
    site.recorder.mode = "ok"

    page = site.admin.get("/wp-admin/edit-comments.php").text
    expect(message not in page, "the notice stays")
    same(site.option("akismet_alert_code"), None, "akismet_alert_code afterwards")
    return f"calls: {site.trail()}"


@CASES.add
def recheck_after(site: Site) -> str:
    """X-akismet-recheck-after: newer plugins hold the comment for twice that time."""
    site.recorder.mode = "recheck-after:60"
    number = site.settles(HELD if site.has_webhook else APPROVED)
    if not site.has_webhook:
        return "ignored by this version"
    due = site.due_in(FALLBACK) or 0
    expect(100 <= due <= 120, "fallback due in", due)
    site.recorder.mode = "ok"
    site.run_cron(FALLBACK)

    same(site.status(number), APPROVED, "status after the fallback")
    return f"held, then shown by the fallback after {due} s"


@CASES.add
def webhook(site: Site) -> str:
    """A later verdict, sent by the server to the callback address."""
    if not site.has_webhook:
        raise SkippedError("this plugin has no webhook")
    site.recorder.mode = "recheck-after:60"
    good, bad = site.settles(HELD), site.settles(HELD)
    site.recorder.mode = "ok"
    results = [
        {"guid": site.meta(good)["akismet_guid"], "result": "false"},
        {"guid": site.meta(bad)["akismet_guid"], "result": "true"},
    ]
    refused, _ = call_back(site, "ffffffffffff", results)
    taken, text = call_back(site, site.key, results)
    site.forget_cron()

    same((refused, taken), (401, 200), "answers with a wrong key, with the key")
    got = (site.status(good), site.status(bad))
    same(got, (APPROVED, SPAM), "status of ham, spam")
    return text[:160]


def call_back(site: Site, key: str, results: list[dict[str, str]]) -> tuple[int, str]:
    """Send verdicts to the address that came with the last check."""
    address = site.calls("comment-check")[0].fields["callback"]
    body = {"key": key, "endpoint": "comment-check", "comments": results}
    page = Browser(site.url, "Akismet webhook").send(
        address, json.dumps(body), "application/json", X_Akismet_Webhook="1"
    )
    return page.status, page.text


def down_and_silent(site: Site) -> str:
    """The server takes the call and says nothing: the comment is held after 15 s."""
    site.recorder.mode = "sleep:20"
    started = time.monotonic()
    site.settles(HELD)
    slow = time.monotonic() - started
    site.constant("SARING_TIMEOUT", "2")
    try:
        started = time.monotonic()
        site.settles(HELD)
        quick = time.monotonic() - started
    finally:
        site.constant("SARING_TIMEOUT", None)
        site.forget_cron()
    return f"{slow:.1f} s for the visitor; with SARING_TIMEOUT 2: {quick:.1f} s"
