"""Cases: pingbacks and trackbacks."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from wordpress.browser import Browser, Page
from wordpress.expect import Cases, expect, same
from wordpress.site import APPROVED, NONE, SPAM, Site
from wordpress.stub import SPAM_AUTHOR
from wordpress.words import number, pleasantry

CASES = Cases()

CALL = (
    "<?xml version='1.0'?><methodCall><methodName>pingback.ping</methodName><params>"
    "<param><value><string>{source}</string></value></param>"
    "<param><value><string>{target}</string></value></param></params></methodCall>"
)
LINKING_PAGE = (
    "<!doctype html><title>My garden</title><p>I read about"
    ' <a href="{target}">growing tomatoes</a> and tried it,'
    " with good soil and rain water. {remark}\n<p>{filler}"
)


@dataclass(frozen=True)
class Link:
    """A page of this site that links to the article."""

    source: str
    target: str


@contextmanager
def linking_page(site: Site, filler: str = "") -> Iterator[Link]:
    """Put a page that links to the article on the site, and take it away again."""
    target = site.url + site.post_path
    path = Path(site.environment["WP_DOCROOT"]) / f"my-garden-{number()}.html"
    text = LINKING_PAGE.format(target=target, remark=pleasantry(), filler=filler)
    path.write_text(text, encoding="utf-8")
    try:
        yield Link(f"{site.url}/{path.name}", target)
    finally:
        path.unlink()


def ping(site: Site, link: Link) -> Page:
    """Tell WordPress of the page, as another blog would."""
    caller = Browser(site.url, "WordPress/6.4; https://garden.example.org")
    body = CALL.format(source=link.source, target=link.target)
    return caller.send("/xmlrpc.php", body, "text/xml")


@CASES.add
def pingback(site: Site) -> None:
    """Two checks: before WordPress fetches the page that links here, and with it."""
    site.age_comments()
    newest = site.newest()
    with linking_page(site) as link:
        reply = ping(site, link)

    added = site.added_since(newest)
    expect(added, "no pingback:", reply.words, *site.reasons())
    expect(site.status(added) == APPROVED, site.status(added), *site.reasons())
    checks = [call.fields for call in site.calls("comment-check")]
    same([form.get("akismet_pre_check") for form in checks], ["1", None], "pre-check")
    same([form["comment_type"] for form in checks], ["pingback"] * 2, "comment_type")


@CASES.add
def pingback_huge(site: Site) -> str:
    """The linking page goes along twice, up to the 150 KB that WordPress reads."""
    site.age_comments()
    newest = site.newest()
    with linking_page(site, "日本語 " * 20000) as link:
        ping(site, link)

    added = site.added_since(newest)
    expect(site.status(added) == APPROVED, site.status(added), *site.reasons())
    longest = max(len(call.body) for call in site.calls("comment-check"))
    return f"request body of {longest} bytes"


@CASES.add
def pingback_spam(site: Site) -> None:
    """Where the first check says spam, the page is not even fetched."""
    site.age_comments()
    site.begin("spam")
    newest = site.newest()
    with linking_page(site) as link:
        reply = ping(site, link)

    same(site.added_since(newest), NONE, "comment")
    same(len(site.calls("comment-check")), 1, "checks")
    expect("faultString" in reply.text, "no XML-RPC fault")


@CASES.add
def trackback(site: Site) -> None:
    """A trackback is a comment of its own type."""
    added = send_trackback(site, "Garden blog", "I tried it too, and they grew well.")

    expect(site.status(added) == APPROVED, site.status(added), *site.reasons())
    sent = site.one("comment-check").fields.get("comment_type")
    same(sent, "trackback", "comment_type")


@CASES.add
def trackback_spam(site: Site) -> None:
    """Its author is the name of the blog."""
    added = send_trackback(site, SPAM_AUTHOR, "Cheap.")

    same(site.status(added), SPAM, "status")


def send_trackback(site: Site, name: str, excerpt: str) -> int | None:
    """Send a trackback of a blog; return the number of the comment it became."""
    site.age_comments()
    newest = site.newest()
    form = {
        "title": "My garden",
        "url": f"https://garden.example.org/tomatoes-{number()}",
        "excerpt": excerpt,
        "blog_name": name,
    }
    Browser(site.url).post(f"{site.post_path}trackback/", form)
    return site.added_since(newest)
