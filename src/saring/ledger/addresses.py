"""The one form of a site's address, however the site writes it."""

from urllib.parse import SplitResult, urlsplit

import idna

from saring.errors import BadRequestError

MAX_ADDRESS_CHARACTERS = 512
DEFAULT_PORTS = {"http": 80, "https": 443, "": None}


def normalise_site(url: str) -> str:
    """Return the address of a site as the store keeps it: host, port and path.

    Dropped are the scheme (sites move to https), user and password, the scheme's own
    port, query, fragment, and slashes at the end. The host is in lower case and in
    ASCII (IDNA). A leading `www.` is dropped as well: the same WordPress answers
    under both names, and its reports must find the checks of either. The path stays:
    sites of a network may differ in nothing else.

    Raises:
        BadRequestError: There is no host in it (field `site`).

    Example:
        >>> normalise_site("HTTPS://www.Example.org:443/Blog/")
        'example.org/Blog'
        >>> normalise_site("bücher.example")
        'xn--bcher-kva.example'

    """
    text = url.strip()
    if not text or len(text) > MAX_ADDRESS_CHARACTERS or not text.isprintable():
        raise _refusal(url)
    try:
        parts = urlsplit(text if "://" in text else f"//{text.removeprefix('//')}")
        host, port = _host(parts), parts.port
    except (ValueError, UnicodeError) as error:
        raise _refusal(url) from error
    shown = (
        "" if port is None or port == DEFAULT_PORTS.get(parts.scheme) else f":{port}"
    )
    return f"{host}{shown}{parts.path.rstrip('/')}"


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    if ":" in host:  # an IPv6 address, which urlsplit has checked and unwrapped
        return f"[{host}]"
    if not host.isascii():
        host = idna.encode(host, uts46=True).decode()
    labels = host.split(".")
    if not all(label and _is_label(label) for label in labels):
        raise ValueError("no host")
    shorter = host.removeprefix("www.")
    return shorter if "." in shorter else host


def _is_label(label: str) -> bool:
    return label.replace("-", "").replace("_", "").isalnum()


def _refusal(url: str) -> BadRequestError:
    return BadRequestError(
        f"{url[:80]!r} is no address of a site; write one such as "
        "https://example.org/blog",
        field="site",
    )
