"""Allowlists and blocklists: a site's own words on identities.

An entry is an e-mail address (`alice@example.org`), all addresses of a mail domain
(`@example.org`), a host with everything below it (`example.org`: the author's URL and,
in a blocklist, any link in the text), or an IP address or network (`203.0.113.0/24`).
"""

import ipaddress
import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlsplit

import msgspec

from saring import markup
from saring.comment import Comment
from saring.errors import BadRequestError

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
HOST = re.compile(r"[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,20}\Z")


class IdentityList(msgspec.Struct, frozen=True):
    """The entries of one list, sorted by what they are compared with."""

    emails: frozenset[str]
    hosts: frozenset[str]
    networks: tuple[Network, ...]

    def find(self, comment: Comment) -> str:
        """Return the entry that names the author or a link in the text, or nothing."""
        return self.find_author(comment) or self._find_link(comment.content)

    def find_author(self, comment: Comment) -> str:
        """Return the entry that names the author, or an empty string.

        It passes over the text: a link to a friend's page makes nobody a friend.
        """
        return (
            self._find_email(comment.author_email.strip().casefold())
            or self._find_network(comment.address)
            or self._find_host((comment.author_url,))
        )

    def _find_email(self, email: str) -> str:
        if not self.emails or "@" not in email:
            return ""
        domain = email[email.rindex("@") :]
        return next((entry for entry in (email, domain) if entry in self.emails), "")

    def _find_network(self, address: str) -> str:
        if not self.networks:
            return ""
        try:
            parsed = ipaddress.ip_address(address.strip())
        except ValueError:
            return ""
        return next((str(net) for net in self.networks if parsed in net), "")

    def _find_link(self, content: str) -> str:
        # Reading the markup costs something, so only where it can matter.
        return self._find_host(markup.reduce(content).links) if self.hosts else ""

    def _find_host(self, links: Iterable[str]) -> str:
        if not self.hosts:
            return ""
        hosts = (host for link in links for host in _suffixes(link))
        return next((host for host in hosts if host in self.hosts), "")


def normalise_entry(entry: str) -> str:
    """Return an entry as lists keep it.

    Raises:
        BadRequestError: It is no e-mail address, mail domain, host, address or network.

    Example:
        >>> normalise_entry(" Alice@Example.ORG ")
        'alice@example.org'
        >>> normalise_entry("203.0.113.7/24")
        '203.0.113.0/24'

    """
    text = entry.strip().casefold()
    network = _network(text)
    if network:
        return str(network)
    local, at, domain = text.rpartition("@")
    if at and HOST.match(domain) and " " not in local and len(text) <= 320:  # noqa: PLR2004 RFC 5321's longest address
        return text
    if not at and HOST.match(text):
        return text
    raise BadRequestError(
        f"{entry[:80]!r} is no entry of a list; write an e-mail address, @domain, a "
        "host, an IP address or a network",
        field="entry",
    )


@lru_cache(maxsize=2048)
def compile_list(entries: frozenset[str]) -> IdentityList:
    """Return the entries ready to be looked up; they are normalised already."""
    networks = {entry: _network(entry) for entry in entries}
    return IdentityList(
        emails=frozenset(entry for entry in entries if "@" in entry),
        hosts=frozenset(e for e, net in networks.items() if "@" not in e and not net),
        networks=tuple(sorted(filter(None, networks.values()), key=str)),
    )


def _network(text: str) -> Network | None:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None


def _suffixes(link: str) -> Iterable[str]:
    """Yield the host of a link and its parents, down to two labels."""
    try:
        host = urlsplit(link if "//" in link else f"//{link}").hostname or ""
    except ValueError:
        return
    labels = host.rstrip(".").split(".")
    for start in range(len(labels) - 1):
        yield ".".join(labels[start:])
