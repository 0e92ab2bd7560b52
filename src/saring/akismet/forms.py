"""Forms: the body and query of a call as named bytes, decoded at the speed of C.

Half of the cost of a check over HTTP was once `urllib.parse.parse_qsl`: it takes 89 µs
for a 1.6 KB body of percent-encoded Cyrillic. Quoted-printable is percent-encoding
with another sign, and the standard library decodes it in C.
"""

import codecs
import re
from binascii import a2b_qp
from collections.abc import Sequence

import charset_normalizer
import numpy as np

# Charsets that blogs have had, by Python's names. Not among them: codecs that are no
# charsets (zlib, rot13), and those that can be abused (idna takes quadratic time).
CHARSET = re.compile(
    r"(ascii|big5(hkscs)?|cp(125\d|866|874|932|949|950)|euc_(jp|kr|jis_2004)|"
    r"gb(18030|2312|k)|iso8859-\d+|johab|koi8-[rtu]|mac-(cyrillic|roman)|"
    r"shift_jis(_2004)?|tis-620|utf-8)\Z"
)
# Few enough that a detection takes under 3 ms; it holds up the event loop.
DETECTABLE = [
    *("cp1252", "cp1251", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr", "koi8_r"),
    *("cp1250", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "tis_620"),
]
SAMPLE_BYTES = 1_024
# Of a text's letters; Latin writing with accents stays under it, other scripts do not.
WESTERN_SHARE = 0.25
# Of a text's bytes past ASCII; more broken ones than that mean that it was never UTF-8.
BROKEN_SHARE = 0.05

# Of each byte the value as a hexadecimal digit, or 16.
DIGITS = np.full(256, 16, np.uint8)
for _digit in b"0123456789abcdefABCDEF":
    DIGITS[_digit] = int(chr(_digit), 16)

NON_ASCII = re.compile(rb"[\x80-\xff]+")
LETTERS = re.compile(rb"[A-Za-z\x80-\xff]")


def unquote(value: bytes) -> bytes:
    r"""Return a percent-encoded value decoded; its `+` are blanks already.

    What is not well-formed stays as it is, as browsers and PHP leave it.

    Example:
        >>> unquote(b"100%25 caf%C3%A9 50%zz")
        b'100% caf\xc3\xa9 50%zz'

    """
    escapes = value.count(b"%")
    if not escapes:
        return value
    # A newline after the sign would be a soft line break.
    if b"\n" not in value and b"\r" not in value:
        signs = value.count(b"=")
        quoted = value.replace(b"=", b"%3D") if signs else value
        decoded = a2b_qp(quoted.replace(b"%", b"="))
        # Each well-formed escape shortens by two bytes and anything else by less.
        if len(decoded) == len(value) - 2 * escapes:
            return decoded
    return _unquote_malformed(value)


def _unquote_malformed(value: bytes) -> bytes:
    """Decode what is not well-formed in a few passes over the whole.

    The standard library goes from sign to sign: a second for 2 MB of them, in which
    the event loop would stand still.
    """
    text = np.frombuffer(value + b"..", np.uint8)
    digits = DIGITS[text]
    signs = np.flatnonzero(
        (text[:-2] == ord("%")) & (digits[1:-1] < 16) & (digits[2:] < 16)  # noqa: PLR2004 - as DIGITS says
    )
    decoded = text.copy()
    decoded[signs] = 16 * digits[signs + 1] + digits[signs + 2]
    is_kept = np.ones(len(text), bool)
    is_kept[signs + 1] = is_kept[signs + 2] = is_kept[-2:] = False
    return decoded[is_kept].tobytes()


def decode_all(values: Sequence[bytes], declared: str) -> list[str]:
    """Return percent-encoded values as text; none of them may hold a NUL.

    Text that is not UTF-8 with at most a few broken bytes (cut in the middle of a
    letter) is read in the declared charset if it fits, else in what it looks like.
    Nothing is refused.

    Args:
        values: Of the whole form, in any order.
        declared: The charset that the sender named, or empty.
    """
    whole = unquote(b"\0".join(values))
    try:
        text = whole.decode()
    except UnicodeDecodeError:
        text = whole.decode(_find_charset(whole, declared), errors="replace")
        # Some charsets have a use of their own for what separates the values.
        if text.count("\0") != len(values) - 1:
            text = whole.decode(errors="replace")
    return text.split("\0") if values else []


def find_charset(declared: str) -> str:
    """Return Python's name of a charset, or an empty string for what is none.

    Example:
        >>> find_charset("Windows-1251"), find_charset("rot13")
        ('cp1251', '')

    """
    try:
        name = codecs.lookup(declared).name if declared.isascii() else ""
    except (LookupError, ValueError):
        return ""
    # As browsers do: what calls itself Latin-1 is Windows-1252.
    name = "cp1252" if name == "iso8859-1" else name
    return name if CHARSET.match(name) else ""


def _find_charset(text: bytes, declared: str) -> str:
    if _is_readable(text, "utf-8"):
        return "utf-8"
    charset = find_charset(declared)
    if charset and _is_readable(text, charset):
        return charset
    return _detect(text)


def _is_readable(text: bytes, charset: str) -> bool:
    broken = text.decode(charset, errors="replace").count("\ufffd")
    return broken <= BROKEN_SHARE * sum(map(len, NON_ASCII.findall(text)))


def _detect(text: bytes) -> str:
    """Return the likeliest charset of what is neither UTF-8 nor declared."""
    start = NON_ASCII.search(text)
    sample = text[max(start.start() - 64, 0) if start else 0 :][:SAMPLE_BYTES]
    # What holds a NUL is no text to the detector.
    sample = sample.replace(b"\0", b" ")
    high = sum(map(len, NON_ASCII.findall(sample)))
    if high <= WESTERN_SHARE * len(LETTERS.findall(sample)):
        return "cp1252"
    found = charset_normalizer.from_bytes(sample, cp_isolation=DETECTABLE).best()
    return found.encoding if found else "cp1252"
