"""Cases: comments of all kinds go in; what is sent, and what becomes of them."""

import itertools
import json
import re
import time
import urllib.parse

from wordpress.browser import Browser
from wordpress.expect import Cases, expect, same
from wordpress.site import (
    APPROVED,
    NONE,
    SETTINGS_PAGE,
    SPAM,
    TRASH,
    Site,
    Visit,
)
from wordpress.stub import SPAM_AUTHOR, SPAM_EMAIL
from wordpress.words import REMARKS

CASES = Cases()

# 64,000 bytes, where WordPress takes 65,525.
LONG = "".join(
    f"{remark} 🍅\n" for remark in itertools.islice(itertools.cycle(REMARKS), 1300)
)
ODD = (
    'It\'s "quoted" \\ back <b>bold</b> &amp; 100% a=b&c=d +plus+ ünïcödé 日本 🍅\n'
    "second line"
)


@CASES.add
def comment_ham(site: Site) -> None:
    """A reader's comment is published, and the reply has a guid."""
    number = site.settles(APPROVED, Visit(website="https://bob.example/"))

    call = site.one("comment-check")
    same(call.fields.get("api_key"), site.key, "api_key")
    same(call.fields.get("comment_type"), "comment", "comment_type")
    same(call.fields.get("akismet_comment_nonce"), "passed", "nonce")
    expect(call.fields["user_ip"].startswith("198.18."), "user_ip")
    same(call.answer.body, "false", "reply")
    guid = call.answer.header("X-akismet-guid") or ""
    expect(re.fullmatch("[0-9a-f]{32}", guid), "X-akismet-guid:", guid)
    same(site.meta(number).get("akismet_result"), "false", "akismet_result")


@CASES.add
def comment_spam(site: Site) -> None:
    """The protocol's test name is held."""
    visit = Visit(author=SPAM_AUTHOR, website="https://pills.example.net/")
    number = site.settles(SPAM, visit)

    same(site.one("comment-check").answer.body, "true", "reply")
    same(site.meta(number).get("akismet_result"), "true", "akismet_result")


@CASES.add
def comment_spam_by_email(site: Site) -> None:
    """The protocol's test address is held."""
    site.settles(SPAM, Visit(email=SPAM_EMAIL))


@CASES.add
def comment_never_discarded_unasked(site: Site) -> None:
    """The server does not ask to drop anything, even where the plugin would."""
    site.save_settings(akismet_strictness="1")
    site.begin()
    try:
        site.settles(SPAM, Visit(author=SPAM_AUTHOR, text="Nothing is lost in silence"))
    finally:
        site.save_settings(akismet_strictness="0")


@CASES.add
def comment_discard(site: Site) -> str:
    """With "silently discard the worst" on, a discard tip leaves no comment at all."""
    site.save_settings(akismet_strictness="1")
    site.begin("discard")
    number, page = site.comment(Visit(author=SPAM_AUTHOR))

    same(site.one("comment-check").answer.header("X-akismet-pro-tip"), "discard", "tip")
    same(number, NONE, "comment")
    expect(page.status == 302, "redirect", page.status)
    expect("#comment" not in page.location, "redirect to", page.location)
    return f"302 to {urllib.parse.urlsplit(page.location).path}"


@CASES.add
def comment_discard_kept(site: Site) -> None:
    """With that setting off, the same comment goes to the spam folder."""
    site.save_settings(akismet_strictness="0")
    site.begin("discard")
    number = site.settles(SPAM, Visit(author=SPAM_AUTHOR))

    same(site.meta(number).get("akismet_pro_tip"), "discard", "akismet_pro_tip")


@CASES.add
def comment_by_admin(site: Site) -> None:
    """The administrator's own comment carries their role."""
    site.settles(APPROVED, Visit(author=None, who=site.admin))

    form = site.one("comment-check").fields
    same(form.get("user_role"), "administrator", "user_role")
    same(form.get("comment_author"), "admin", "comment_author")
    same(form.get("user_ID") or form.get("user_id"), "1", "user")


@CASES.add
def comment_by_subscriber(site: Site) -> None:
    """So does a subscriber's."""
    reader = Browser(site.url)
    site.log_in_as(reader, "reader", "reader")
    site.begin()
    site.settles(APPROVED, Visit(author=None, who=reader))

    same(site.one("comment-check").fields.get("user_role"), "subscriber", "user_role")


@CASES.add
def comment_with_form_fields(site: Site) -> str:
    """The plugin's hidden fields and its page script can add all these."""
    now = int(time.time() * 1000)
    more: dict[str, object] = {
        "ak_hp_textarea": "I am a bot",
        "ak_bib": now - 30000,
        "ak_bfs": now,
        "ak_bkpc": 42,
        "ak_bkp": "73,112;80,95;",
        "ak_bmc": "95;110,4021;",
        "ak_bmcc": 2,
        "ak_bmk": "3;17",
        "ak_bck": "12;13",
        "ak_bmmc": 5,
        "ak_btmc": 0,
        "ak_bsc": 3,
        "ak_bte": "",
        "ak_btec": 0,
        "ak_bmm": "512,340;220,81;",
    }
    if site.version >= (5, 7):
        more |= {"ak_bcc": "12,8,40,50;", "ak_bibmac": "140;220"}
    number, _ = site.comment(Visit(more=more))

    form = site.one("comment-check").fields
    sent = {name: form.get("POST_" + name) for name in more}
    same(sent, {name: str(value) for name, value in more.items()}, "POST_ak_ fields")
    expect(form.get("POST_ak_js", "").isdigit(), "POST_ak_js")
    return f"status {site.status(number)}"


@CASES.add
def comment_by_bot_without_form(site: Site) -> str:
    """Posted straight to wp-comments-post.php: no nonce, no ak_js."""
    number, _ = site.comment(Visit(with_form=False, agent="python-requests/2.32"))

    form = site.one("comment-check").fields
    same(form.get("akismet_comment_nonce"), "failed", "nonce")
    expect("POST_ak_js" not in form, "POST_ak_js")
    return f"status {site.status(number)}"


@CASES.add
def comment_odd_characters(site: Site) -> None:
    """Quotes reach the server with a backslash before them: WordPress adds slashes."""
    site.settles(APPROVED, Visit(author='O\'Bob "B" 🍅', text=ODD))

    form = site.one("comment-check").fields
    expect(form["comment_author"].startswith("O\\'Bob"), form["comment_author"])
    expect('It\\\'s \\"quoted\\"' in form["comment_content"], form["comment_content"])
    expect("🍅" in form["comment_content"], form["comment_content"])


@CASES.add
def comment_huge(site: Site) -> str:
    """As long as WordPress allows: the text goes out twice, every byte encoded."""
    site.settles(APPROVED, Visit(text=LONG))

    return f"request body of {len(site.one('comment-check').body)} bytes"


@CASES.add
def comment_reply(site: Site) -> None:
    """A reply to a comment carries its parent."""
    parent = site.settles(APPROVED)
    site.begin()
    site.settles(APPROVED, Visit(more={"comment_parent": parent}))

    sent = site.one("comment-check").fields.get("comment_parent")
    same(sent, str(parent), "comment_parent")


@CASES.add
def comment_reply_in_wp_admin(site: Site) -> None:
    """The administrator replies under the list of comments."""
    parent = site.settles(APPROVED)
    page = site.admin.get("/wp-admin/edit-comments.php").text
    nonce = re.search(r'name="_ajax_nonce-replyto-comment" value="([0-9a-f]+)"', page)
    site.begin()
    newest = site.newest()
    form = {
        "action": "replyto-comment",
        "mode": "detail",
        "content": "You are welcome, and good luck with yours.",
        "comment_ID": parent,
        "comment_post_ID": site.post_id,
        "user_ID": 1,
        "_ajax_nonce-replyto-comment": nonce[1] if nonce else "",
    }
    same(site.admin.post("/wp-admin/admin-ajax.php", form).status, 200, "reply")

    same(site.status(site.added_since(newest)), APPROVED, "status")
    sent = site.one("comment-check").fields
    same(sent.get("akismet_comment_nonce"), "passed", "nonce")
    same(sent.get("user_role"), "administrator", "user_role")


@CASES.add
def comment_by_rest(site: Site) -> None:
    """A comment over WordPress's REST API is checked as well."""
    nonce = site.rest_nonce()
    site.begin()
    body = json.dumps(
        {"post": site.post_id, "content": "By REST, from the phone in the greenhouse."}
    )
    reply = site.admin.send(
        "/wp-json/wp/v2/comments", body, "application/json", X_WP_Nonce=nonce
    )

    same(reply.status, 201, "REST answer")
    same(site.one("comment-check").answer.body, "false", "reply")


@CASES.add
def comment_test_mode(site: Site) -> None:
    """AKISMET_TEST_MODE adds is_test."""
    site.constant("AKISMET_TEST_MODE", "1")
    try:
        site.settles(APPROVED)
    finally:
        site.constant("AKISMET_TEST_MODE", None)

    same(site.one("comment-check").fields.get("is_test"), "true", "is_test")


@CASES.add
def comment_on_disallowed_list(site: Site) -> str:
    """A word of WordPress's own list: the trash; newer plugins do not even ask."""
    site.set_option("disallowed_keys", "forbidden-word-xyz")
    try:
        site.settles(TRASH, Visit(text="forbidden-word-xyz"))
    finally:
        site.set_option("disallowed_keys", "")

    asked = 0 if site.version >= (5, 3, 3) else 1
    same(len(site.calls("comment-check")), asked, "comment-check calls")
    return f"calls: {site.trail()}"


@CASES.add
def key_from_constant(site: Site) -> None:
    """WPCOM_API_KEY in wp-config.php stands in for the option."""
    site.php('delete_option( "wordpress_api_key" ); return 1;')
    site.constant("WPCOM_API_KEY", site.key)
    try:
        site.settles(APPROVED)
        page = site.admin.get(SETTINGS_PAGE).text
    finally:
        site.constant("WPCOM_API_KEY", None)
        site.set_option("wordpress_api_key", site.key)

    same(site.one("comment-check").fields.get("api_key"), site.key, "api_key")
    expect('name="key"' not in page, "the key field is still there")
