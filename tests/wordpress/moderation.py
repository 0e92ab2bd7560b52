"""Cases: the moderator says spam or not spam, in every way WordPress has.

The server learns from these clicks, so each case reports a text of its own and takes
it back at the end: what the next cases expect to be published stays so.
"""

import json
import re
import urllib.parse

from wordpress.expect import Cases, expect, same
from wordpress.recorder import Call
from wordpress.site import APPROVED, HELD, SPAM, TRASH, Site, Visit
from wordpress.stub import SPAM_AUTHOR, THANKS

CASES = Cases()

RECHECK = "akismet_schedule_cron_recheck"

# What the moderator says of these is of no matter: it is taken back at the end.
MISSED = 'It\'s a "missed" one: the roof in the picture is from our street'
OPINIONS = (
    "Our lawn mower broke in April, so the grass is knee-high now.",
    "I learned to drive on exactly that road, many years ago.",
    "The letter from the town hall took three weeks to arrive.",
    "We moved house in the rain and the piano got wet.",
    "My aunt plays the organ in the village church on Sundays.",
    "The library sells old books on Saturday, come early.",
)


def opinion(text: str) -> Visit:
    """Return the visit of somebody whose comment a moderator will call spam."""
    return Visit(author="Mallory", text=text)


@CASES.add
def click_spam(site: Site) -> None:
    """'Spam' under an approved comment: the text goes out as it was typed."""
    number = site.settles(APPROVED, opinion(MISSED))
    site.click(number, "spam")

    same(site.status(number), SPAM, "status")
    call = site.one("submit-spam")
    same(call.fields.get("reporter"), "admin", "reporter")
    same(call.fields.get("comment_type"), "comment", "comment_type")
    same(call.fields.get("api_key"), site.key, "api_key")
    expect(MISSED in call.fields["comment_content"], call.fields["comment_content"])
    same(call.answer.body, THANKS, "reply")
    same(site.meta(number).get("akismet_user_result"), "true", "akismet_user_result")


@CASES.add
def click_spam_is_learned(site: Site) -> None:
    """What was clicked is held when it comes again, until it is taken back."""
    site.sql("delete from wp_comments")  # WordPress takes no comment twice
    again = site.settles(SPAM, opinion(MISSED))
    site.click(again, "unspam")
    site.sql("delete from wp_comments")

    site.settles(APPROVED, opinion(MISSED))


@CASES.add
def click_not_spam(site: Site) -> None:
    """'Not spam' in the spam folder takes it back."""
    number = site.settles(APPROVED, opinion(OPINIONS[5]))
    site.click(number, "spam")
    site.click(number, "unspam")

    same(site.status(number), APPROVED, "status")
    call = site.one("submit-ham")
    same(call.fields.get("reporter"), "admin", "reporter")
    same(call.answer.body, THANKS, "reply")
    same(site.meta(number).get("akismet_user_result"), "false", "akismet_user_result")


@CASES.add
def click_not_spam_on_caught(site: Site) -> str:
    """'Not spam' on what the server caught."""
    number = site.settles(SPAM, Visit(author=SPAM_AUTHOR, text="Caught wrongly"))
    site.click(number, "unspam")

    expect(site.status(number) in (APPROVED, HELD), "status", site.status(number))
    form = site.one("submit-ham").fields
    said = [form[name] for name in form if name.startswith("comment_check_response")]
    return f"status {site.status(number)}; comment_check_response {said}"


@CASES.add
def link_spam_without_script(site: Site) -> None:
    """The same link followed without JavaScript."""
    number = site.settles(APPROVED, opinion(OPINIONS[0]))
    nonce = site.link_nonce(number)
    site.begin()
    query = f"c={number}&action=spamcomment&_wpnonce={nonce}"
    site.admin.get(f"/wp-admin/comment.php?{query}")

    same(site.status(number), SPAM, "status")
    same(site.one("submit-spam").answer.body, THANKS, "reply")
    site.click(number, "unspam")


@CASES.add
def bulk_spam(site: Site) -> None:
    """Two comments at once by the list's bulk action."""
    numbers = [site.settles(APPROVED, opinion(text)) for text in OPINIONS[1:3]]
    page = site.admin.get("/wp-admin/edit-comments.php").text
    nonce = re.search(r'name="_wpnonce" value="([0-9a-f]+)"', page)
    site.begin()
    query = {
        "action": "spam",
        "action2": "-1",
        "_wpnonce": nonce[1] if nonce else "",
        "delete_comments[]": numbers,
        "_wp_http_referer": "/wp-admin/edit-comments.php",
    }
    encoded = urllib.parse.urlencode(query, doseq=True)
    site.admin.get("/wp-admin/edit-comments.php?" + encoded)

    same([site.status(number) for number in numbers], [SPAM, SPAM], "status")
    replies = [call.answer.body for call in site.calls("submit-spam")]
    same(replies, [THANKS, THANKS], "replies")
    for number in numbers:
        site.click(number, "unspam")


@CASES.add
def rest_spam(site: Site) -> None:
    """A status change over the REST API is a report too."""
    number = site.settles(APPROVED, opinion(OPINIONS[3]))
    nonce = site.rest_nonce()
    site.begin()
    reply = site.admin.send(
        f"/wp-json/wp/v2/comments/{number}",
        '{"status":"spam"}',
        "application/json",
        X_WP_Nonce=nonce,
    )

    same((reply.status, site.status(number)), (200, SPAM), "answer, status")
    same(site.one("submit-spam").answer.body, THANKS, "reply")
    site.click(number, "unspam")


@CASES.add
def trash_says_nothing(site: Site) -> None:
    """The trash is no opinion."""
    number = site.settles(APPROVED)
    site.click(number, "trash")

    same(site.status(number), TRASH, "status")
    same(site.calls(), [], "calls")


@CASES.add
def submit_while_down(site: Site) -> str:
    """The plugin loses a report that it cannot deliver: no error, no retry."""
    number = site.settles(APPROVED, opinion(OPINIONS[4]))
    site.recorder.mode = "hang-up"
    site.click(number, "spam")

    same(site.status(number), SPAM, "status")
    same(site.meta(number).get("akismet_user_result"), "true", "akismet_user_result")
    same(site.due_in(RECHECK), None, "cron")
    return f"{len(site.calls('submit-spam'))} tries"


@CASES.add
def check_for_spam_button(site: Site) -> str:
    """'Check for spam' asks again for each held comment, and for no other."""
    site.set_option("comment_moderation", "1")
    try:
        ham, spam = site.settles(HELD), site.settles(HELD)
    finally:
        site.set_option("comment_moderation", "0")
    site.sql(
        f"update wp_comments set comment_author='{SPAM_AUTHOR}' where comment_ID={spam}"
    )
    reply = press_check_for_spam(site)

    same((site.status(ham), site.status(spam)), (HELD, SPAM), "status of ham, spam")
    asked = recheck_of(site, ham)
    same(asked.fields.get("recheck_reason"), "recheck_queue", "recheck_reason")
    same(site.calls("submit-spam"), [], "submit-spam calls")
    return json.dumps(json.loads(reply))[:120]


def press_check_for_spam(site: Site) -> str:
    """Press the button over the list of held comments; return what it answers."""
    page = site.admin.get("/wp-admin/edit-comments.php?comment_status=moderated").text
    nonce = re.search(r'data-nonce="([0-9a-f]+)"', page)
    expect(nonce, "no button")
    site.begin()
    form = {
        "action": "akismet_recheck_queue",
        "offset": 0,
        "limit": 100,
        "nonce": nonce[1] if nonce else "",
    }
    return site.admin.post("/wp-admin/admin-ajax.php", form).text


def recheck_of(site: Site, comment: int) -> Call:
    """Return the check of the comment with that number."""
    for call in site.calls("comment-check"):
        if call.fields.get("comment_ID") == str(comment):
            return call
    raise AssertionError(f"comment {comment} was not checked again")
