"""Browser: a visitor of the WordPress site, with cookies and an address."""

import html
import http.client
import http.cookiejar
import itertools
import re
import time
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PATIENCE_SECONDS = 150  # the plugin waits 3 times 15 s for a server that says nothing

_addresses = itertools.count(int(time.time()) % 60000)


@dataclass(frozen=True)
class Page:
    """What the site answered."""

    status: int
    text: str
    location: str

    @property
    def words(self) -> str:
        """The page without its tags, short enough for a message."""
        return re.sub(r"<[^>]+>|\s+", " ", self.text)[:300]


class _AsItIs(urllib.request.HTTPErrorProcessor):
    """Gives every answer back: redirects are not followed, errors are pages."""

    def http_response(
        self, request: urllib.request.Request, response: http.client.HTTPResponse
    ) -> http.client.HTTPResponse:
        del request
        return response


class Browser:
    """One visitor. wp-config.php takes the header X-Test-IP for their address.

    Args:
        base: Address of the site.
        agent: What the browser calls itself.
    """

    def __init__(self, base: str, agent: str = FIREFOX) -> None:
        self.base = base
        self.agent = agent
        number = next(_addresses)
        # 198.18.0.0/15 is kept for tests of networks
        self.address = f"198.18.{number // 250 % 256}.{number % 250 + 1}"
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        direct = urllib.request.ProxyHandler({})
        self._opener = urllib.request.build_opener(direct, _AsItIs, cookies)

    def get(self, path: str, **headers: str) -> Page:
        """Open a page; `_` in a header's name stands for `-`."""
        return self._ask(path, None, headers)

    def post(self, path: str, form: Mapping[str, object], **headers: str) -> Page:
        """Send a form."""
        return self._ask(
            path, urllib.parse.urlencode(form, doseq=True).encode(), headers
        )

    def send(self, path: str, body: str, kind: str, **headers: str) -> Page:
        """Send a body of another kind, such as `application/json`."""
        return self._ask(path, body.encode(), {"Content_Type": kind} | headers)

    def _ask(self, path: str, body: bytes | None, headers: Mapping[str, str]) -> Page:
        url = path if path.startswith("http") else self.base + path
        request = urllib.request.Request(url, body)
        request.add_header("User-Agent", self.agent)
        request.add_header("X-Test-IP", self.address)
        for name, value in headers.items():
            request.add_header(name.replace("_", "-"), value)
        with self._opener.open(request, timeout=PATIENCE_SECONDS) as reply:
            text = reply.read().decode("utf-8", "replace")
            return Page(reply.status, text, reply.headers.get("Location", ""))


def hidden_fields(page: str) -> dict[str, str]:
    """Return the hidden fields of a page's forms, by name."""
    found = {}
    for tag in re.findall(r"<input\b[^>]*>", page):
        pairs = re.findall(r"""([\w-]+)=(["'])(.*?)\2""", tag)
        attributes = {name: html.unescape(value) for name, _, value in pairs}
        if attributes.get("type") == "hidden" and "name" in attributes:
            found[attributes["name"]] = attributes.get("value", "")
    return found
