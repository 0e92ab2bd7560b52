"""Comments as requests: WordPress's form for Akismet's protocol, mail for Rspamd."""

import random
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.speed.corpus import Row

SYLLABLES = ("ra", "ni", "bu", "di", "sa", "ri", "ma", "ya", "ti", "no", "lu", "wi")
MAIL_HOSTS = ("gmail.com",) * 6 + ("yahoo.co.id", "outlook.com", "mail.example")
LANGUAGES = ("id-ID,id;q=0.9,en;q=0.8", "en-US,en;q=0.5", "id,en;q=0.7", "ru-RU,ru")
WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
BROWSERS = (
    f"Mozilla/5.0 (Linux; Android 1$) {WEBKIT} Chrome/1$$.0.0.0 Mobile Safari/537.36",
    f"Mozilla/5.0 (Windows NT 10.0; Win64) {WEBKIT} Chrome/1$$.0.0.0 Safari/537.36",
    "Mozilla/5.0 (X11; Linux x86_64; rv:1$$.0) Gecko/20100101 Firefox/1$$.0",
    f"Mozilla/5.0 (iPhone; CPU iPhone OS 1$_1 like Mac OS X) {WEBKIT} Safari/604.1",
)
CLIENT = "WordPress/6.8.7 | Akismet/5.5"


@dataclass(frozen=True)
class Target:
    """Where the load goes: the key of the one owner, and how many sites it has."""

    key: str
    site_count: int = 25


def site_address(target: Target, chance: random.Random) -> str:
    """Return the address of one of the owner's sites."""
    return f"https://site{chance.randrange(target.site_count)}.example"


def slash(text: str) -> str:
    """Return the text as WordPress sends it to comment-check, with its slashes."""
    return re.sub(r"(['\"\\])", r"\\\1", text)


def make_agent(chance: random.Random) -> str:
    """Return the name of a browser of some version; versions differ as they do."""
    pattern = chance.choice(BROWSERS)
    version = str(chance.randrange(10, 46))
    return pattern.replace("$$", version).replace("$", version[-1])


def make_form(row: Row, target: Target, chance: random.Random) -> dict[str, str]:
    """Return the fields that WordPress's plugin would send for this comment."""
    name = row.get("comment_author") or "".join(chance.sample(SYLLABLES, 3)).title()
    mail = row.get("comment_author_email") or (
        f"{''.join(chance.sample(SYLLABLES, 3))}{chance.randrange(9999)}"
        f"@{chance.choice(MAIL_HOSTS)}"
    )
    url = row.get("comment_author_url", "")
    text = slash(row["comment_content"])
    address = f"198.18.{chance.randrange(256)}.{chance.randrange(1, 255)}"
    agent = make_agent(chance)
    blog = site_address(target, chance)
    post = str(chance.randrange(1, 400))
    permalink = f"{blog}/2026/11/article-{post}/"
    return {
        "comment_post_ID": post,
        "comment_author": slash(name),
        "comment_author_email": mail,
        "comment_author_url": url,
        "comment_content": text,
        "comment_type": row.get("comment_type", "comment"),
        "comment_parent": "0",
        "user_ID": "0",
        "comment_author_IP": address,
        "comment_agent": agent,
        "user_ip": address,
        "user_agent": agent,
        "referrer": permalink,
        "blog": blog,
        "blog_lang": row.get("blog_lang", "id"),
        "blog_charset": "UTF-8",
        "permalink": permalink,
        "akismet_comment_nonce": chance.choice(("passed", "inactive")),
        **_form_extras(text, slash(name), mail, url, chance),
        "REQUEST_URI": "/wp-comments-post.php",
        "REMOTE_ADDR": address,
        "HTTP_HOST": blog.removeprefix("https://"),
        "HTTP_USER_AGENT": agent,
        "HTTP_ACCEPT_LANGUAGE": chance.choice(LANGUAGES),
        "HTTP_REFERER": permalink,
        "HTTP_CONNECTION": "close",
        "comment_post_modified_gmt": "2026-11-20 08:15:00",
        "api_key": target.key,
    }


def _form_extras(
    text: str, name: str, mail: str, url: str, chance: random.Random
) -> dict[str, str]:
    """Return what the plugin repeats of the site's own form."""
    started_at_ms = 1_795_000_000_000 + chance.randrange(10**9)
    return {
        "POST_author": name,
        "POST_email": mail,
        "POST_url": url,
        "POST_comment": text,
        "POST_submit": "Kirim Komentar",
        "POST_ak_js": str(started_at_ms),
        "POST_ak_hp_textarea": "",
        "POST_ak_bib": str(started_at_ms + 4_000),
        "POST_ak_bfs": str(started_at_ms + 4_000 + 90 * len(text)),
        "POST_ak_bkpc": str(len(text)),
        "POST_ak_bmcc": str(chance.randrange(1, 6)),
        "POST_ak_btmc": str(chance.randrange(9)),
    }


def form_request(row: Row, target: Target, chance: random.Random) -> bytes:
    """Return a whole HTTP request of comment-check."""
    body = urlencode(make_form(row, target, chance)).encode()
    return _request(
        "/1.1/comment-check",
        body,
        f"User-Agent: {CLIENT}\r\n"
        "Content-Type: application/x-www-form-urlencoded; charset=UTF-8\r\n",
    )


def mail_message(row: Row) -> bytes:
    """Return the comment as the smallest honest mail message."""
    return (
        "From: writer@mail.example\r\nTo: comments@site0.example\r\n"
        "Subject: comment\r\nMIME-Version: 1.0\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n"
        "Content-Transfer-Encoding: 8bit\r\n\r\n"
        f"{row.get('comment_author', '')}\r\n{row['comment_content']}\r\n"
    ).encode(errors="replace")


def mail_request(row: Row) -> bytes:
    """Return a whole HTTP request of Rspamd's check."""
    return _request("/checkv2", mail_message(row), "")


def _request(path: str, body: bytes, headers: str) -> bytes:
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\n{headers}"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def write_requests(path: Path, requests: list[bytes]) -> None:
    """Write requests for `load.lua` and `steady`: each after a line with its bytes."""
    with path.open("wb") as file:
        for request in requests:
            file.write(b"%d\n" % len(request))
            file.write(request)


def read_requests(path: Path) -> list[bytes]:
    """Return what `write_requests` wrote."""
    requests: list[bytes] = []
    with path.open("rb") as file:
        while line := file.readline():
            requests.append(file.read(int(line)))
    return requests
