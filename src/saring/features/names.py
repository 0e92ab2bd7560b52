"""Domains and hosts: what stands behind an address, and which lists know it."""

import re
from functools import cache, lru_cache
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from disposable_email_domains import blocklist
from publicsuffixlist import PublicSuffixList

from saring.features.packages import read_package_file

_MAX_ADDRESS = 500
_SHORTENERS = "link_shorteners/link-shorteners.txt"
# Nearly all addresses; what the standard library takes apart just so, but slower.
_PLAIN = re.compile(
    r"[a-zA-Z][a-zA-Z0-9+.-]*://([a-zA-Z0-9._-]+)(?::[0-9]*)?"
    r"(/[^?#\t\r\n]*)?(?:\?([^#\t\r\n]*))?(?:#[^\t\r\n]*)?\Z"
)


class Address(NamedTuple):
    """A web address taken apart.

    Attributes:
        host: Lower-case, without "www." and port; empty where there is none.
        domain: The registrable part of the host, or the host itself.
        suffix: The public suffix ("co.id").
        is_number: Whether the host is an IP address.
        path: The path and the query, decoded.
    """

    host: str
    domain: str
    suffix: str
    is_number: bool
    path: str


class Host(NamedTuple):
    """What stands in front of a path; the attributes are those of `Address`."""

    host: str
    domain: str
    suffix: str
    is_number: bool


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


@cache
def _shorteners() -> frozenset[str]:
    lines = read_package_file("link-shorteners", _SHORTENERS).split()
    return frozenset(line.strip("/").lower() for line in lines)


@lru_cache(maxsize=8_192)
def registrable(host: str) -> tuple[str, str]:
    """Return the registrable domain of a host, and its public suffix.

    Example:
        >>> registrable("blog.example.co.id")
        ('example.co.id', 'co.id')

    """
    domain = _suffixes().privatesuffix(host)
    if domain:
        return domain, domain.partition(".")[2]
    return host, _suffixes().publicsuffix(host) or ""


def take_apart(address: str) -> Address:
    """Return the parts of a web address, with or without its scheme.

    Example:
        >>> take_apart("http://www.shop.example.co.id:80/a%20b?c=1")[:3]
        ('shop.example.co.id', 'example.co.id', 'co.id')

    """
    host, path = split_address(address)
    return Address(*look_up_host(host), path)


def split_address(address: str) -> tuple[str, str]:
    """Return the host and the path of a web address, as in `Address`."""
    address = address[:_MAX_ADDRESS].strip()
    if "://" not in address:
        address = f"http://{address.lstrip('/')}"
    plain = _PLAIN.match(address)
    if plain:
        host, path, query = plain.groups("")
        host = host.lower()
    else:
        try:
            parts = urlsplit(address)
            host, path, query = parts.hostname or "", parts.path, parts.query
        except ValueError:
            return "", ""
    path = unquote(f"{path}?{query}" if query else path)
    return host.rstrip(".").removeprefix("www."), path


@lru_cache(maxsize=8_192)
def look_up_host(host: str) -> Host:
    """Return what is known of a host."""
    if _is_number(host):
        return Host(host, host, "", is_number=True)
    return Host(host, *registrable(host), is_number=False)


def _is_number(host: str) -> bool:
    if not host or not (host[-1].isdigit() or ":" in host):
        return False
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def is_shortener(domain: str) -> bool:
    """Say whether a domain hides where its links lead.

    Example:
        >>> is_shortener("bit.ly"), is_shortener("example.com")
        (True, False)

    """
    return domain in _shorteners()


def is_disposable(domain: str) -> bool:
    """Say whether a domain hands out e-mail addresses to throw away.

    Example:
        >>> is_disposable("mailinator.com"), is_disposable("example.com")
        (True, False)

    """
    return domain in blocklist
