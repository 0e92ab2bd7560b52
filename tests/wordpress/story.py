"""Story: what a moderator teaches outlives the server that was taught.

A spam comment is held; "Not spam" is clicked; the server is killed outright; it is
started again; the comment is sent again and is published. And the same the other way.
"""

import json

from actors import SPAM as SPAM_TEXTS
from live import LiveServer
from wordpress.expect import Cases, same
from wordpress.site import APPROVED, SPAM, Site, Visit
from wordpress.stub import THANKS

CASES = Cases()

ADVERT = Visit(
    author="Sam Jackpot",
    text=SPAM_TEXTS["id"][0],
    website="https://slot-hoki.example/daftar",
)
OFFER = Visit(
    author="Mallory",
    text="Tanaman hias di belakang pasar bagus juga, kemarin saya lihat sendiri.",
)


def kill_and_start(site: Site, server: LiveServer) -> None:
    """End the server as a power cut would, and start it again."""
    server.kill()
    server.start()
    site.recorder.upstream = server.url


def stats(server: LiveServer) -> dict[str, object]:
    """Return what the server says it has counted."""
    form = {"key": server.key, "from": "all"}
    counts: dict[str, object] = json.loads(server.ask("/1.2/get-key-stats", form).body)
    return counts


@CASES.add
def story_begins_with_a_key(site: Site, server: LiveServer) -> None:
    """The owner enters the key in wp-admin."""
    site.save_settings(key=server.key)

    same(site.option("wordpress_api_key"), server.key, "stored key")


@CASES.add
def story_of_a_comment_held_wrongly(site: Site, server: LiveServer) -> None:
    """Held, "Not spam", killed, started, sent again: published."""
    number = site.settles(SPAM, ADVERT)
    site.click(number, "unspam")
    same(site.one("submit-ham").answer.body, THANKS, "reply to the click")
    kill_and_start(site, server)

    site.sql("delete from wp_comments")  # WordPress takes no comment twice
    site.settles(APPROVED, ADVERT)


@CASES.add
def story_of_a_missed_spam(site: Site, server: LiveServer) -> None:
    """Published, "Spam", killed, started, sent again: held."""
    number = site.settles(APPROVED, OFFER)
    site.click(number, "spam")
    same(site.one("submit-spam").answer.body, THANKS, "reply to the click")
    kill_and_start(site, server)

    site.sql("delete from wp_comments")
    site.settles(SPAM, OFFER)


@CASES.add
def story_of_the_counts(site: Site, server: LiveServer) -> str:
    """What was counted before the server was killed is counted after it."""
    before = stats(server)
    kill_and_start(site, server)

    after = stats(server)
    same(after, before, "counts")
    return f"{after['spam']} spam, {after['ham']} ham"
