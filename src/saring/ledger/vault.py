"""Vault: what the store keeps, unreadable without a secret that lies outside of it.

One 32-byte master gives every other key (HKDF, RFC 5869): AES-256-GCM for what must be
read again, keyed BLAKE2b for what must only be found again.
"""

import os
import threading
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache, partial
from hashlib import blake2b

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from saring.comment import Comment
from saring.errors import SecretError

MASTER_BYTES = 32
NONCE_BYTES = 12
HASH_BYTES = 16
PREFIX_BYTES = 8
COUNTER_LIMIT = 1 << 32


class Nonces:
    """Numbers used once: a random prefix of 64 bits for each process, then a count.

    Random 96-bit nonces would be good for 2^32 messages a key (NIST SP 800-38D, 8.3),
    which is twelve days at 4,000 a second; a count has no such end, and asks the
    system for nothing.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.restart()
        # A child that went on counting from its parent's place would use numbers twice.
        os.register_at_fork(after_in_child=self.restart)

    def restart(self) -> None:
        """Begin a prefix of its own."""
        self._lock = threading.Lock()
        self._prefix, self._count = os.urandom(PREFIX_BYTES), 0

    def take(self) -> bytes:
        """Return the next nonce; safe from several threads."""
        with self._lock:
            if self._count >= COUNTER_LIMIT:
                self._prefix, self._count = os.urandom(PREFIX_BYTES), 0
            count = self._count
            self._count = count + 1
            return self._prefix + count.to_bytes(4, "big")


# One for the process, whatever number of vaults it opens over the same secret.
NONCES = Nonces()


class Box:
    """Encrypts the values of one column; each is bound to its table and row."""

    def __init__(self, key: bytes, table: str) -> None:
        self._cipher = AESGCM(key)
        self._bound_to = table.encode() + b":"

    def encrypt(self, row: bytes, data: bytes) -> bytes:
        """Return data encrypted for one row: nonce, ciphertext and tag."""
        nonce = NONCES.take()
        return nonce + self._cipher.encrypt(nonce, data, self._bound_to + row)

    def decrypt(self, row: bytes, sealed: bytes) -> bytes:
        """Return what `encrypt` was given for this row.

        Raises:
            SecretError: It was changed, moved from another row, or encrypted with
                another secret.
        """
        nonce, data = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        try:
            return self._cipher.decrypt(nonce, data, self._bound_to + row)
        except (InvalidTag, ValueError) as error:
            raise SecretError(
                "a stored value cannot be decrypted: it was damaged, or encrypted "
                "with another secret file than the one beside the store"
            ) from error


class Vault:
    """All that needs the master secret: encryption by table and keyed hashes.

    Args:
        master: 32 bytes, from the secret file.

    Raises:
        SecretError: The master has another length.
    """

    def __init__(self, master: bytes) -> None:
        if len(master) != MASTER_BYTES:
            raise SecretError(
                f"the secret holds {len(master)} bytes; it must hold {MASTER_BYTES}"
            )
        derive = partial(_derive, master)
        self.comments = Box(derive("encrypt checks.comment"), "checks")
        self.features = Box(derive("encrypt events.features"), "events")
        self.api_keys = Box(derive("encrypt keys.text"), "keys")
        self.lists = Box(derive("encrypt sites.lists"), "sites")
        self.checkpoints = Box(derive("encrypt checkpoints.payload"), "checkpoints")
        self.digest = derive("fingerprint")[:HASH_BYTES]
        self._hash_key = _hasher(derive("find keys"))
        self._hash_match = _hasher(derive("find matches"))
        self._hash_email = _hasher(derive("find e-mail"))
        self._hash_reporter = _hasher(derive("find reporters"))
        self._address_key = derive("find addresses")

    def hash_api_key(self, text: str) -> bytes:
        """Return the hash by which an API key is found; case does not matter."""
        return self._hash_key(text.strip().casefold().encode())

    def match_key(self, comment: Comment) -> bytes:
        """Return the hash by which a report without a guid finds its check.

        It covers content, author, address and permalink. Blanks around them and the
        kind of line ends do not matter, since clients change these between a check
        and a report.
        """
        content = comment.content.replace("\r\n", "\n").strip()
        author, address = comment.author.strip(), comment.address.strip()
        text = f"{content}\0{author}\0{address}\0{comment.permalink.strip()}"
        return self._hash_match(text.encode("utf-8", "surrogatepass"))

    def subject_keys(self, comment: Comment, at: datetime) -> tuple[bytes, ...]:
        """Return the hashes by which a person's events are found again.

        The e-mail address has one hash for ever. That of the IP address changes with
        the month of `at` (UTC), since an address passes from person to person.
        """
        email = comment.author_email.strip().casefold()
        address = comment.address.strip().casefold()
        keys = []
        if email:
            keys.append(self._hash_email(_encode(email)))
        if address:
            monthly = _monthly(self._address_key, at.year, at.month)
            keys.append(monthly(_encode(address)))
        return tuple(keys)

    def reporter_key(self, key_id: int, name: str) -> bytes:
        """Return the hash of a moderator's name under one API key; empty for none."""
        name = name.strip().casefold()
        return self._hash_reporter(_encode(f"{key_id}:{name}")) if name else b""


def _derive(master: bytes, purpose: str) -> bytes:
    hkdf = HKDF(SHA256(), 32, salt=None, info=b"saring 1 " + purpose.encode())
    return hkdf.derive(master)


def _hasher(key: bytes) -> Callable[[bytes], bytes]:
    prepared = blake2b(key=key, digest_size=HASH_BYTES)

    def hash_keyed(data: bytes) -> bytes:
        state = prepared.copy()
        state.update(data)
        return state.digest()

    return hash_keyed


@lru_cache(maxsize=64)
def _monthly(key: bytes, year: int, month: int) -> Callable[[bytes], bytes]:
    return _hasher(blake2b(b"%d-%d" % (year, month), key=key, digest_size=32).digest())


def _encode(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
