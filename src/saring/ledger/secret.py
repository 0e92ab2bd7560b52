"""The secret file beside a store: made once with it, never made again.

Lost with it are the API keys' text, the stored comments and the features of events
that are not baked yet; so it belongs into the backup, but not beside the store there.
"""

import contextlib
import os
import secrets
import tempfile
from pathlib import Path

from saring.errors import SecretError
from saring.ledger.vault import MASTER_BYTES, Vault

HEADER = "saring-secret-1"
LOST = (
    "Without it the store's API keys, comments and features cannot be read. Restore "
    "the file from the backup; if there is none, begin a new store and create the "
    "keys in it again (`saring keys create --key KEY`)."
)


def load_vault(path: Path) -> Vault:
    """Return the vault of an existing secret file.

    Raises:
        SecretError: The file is missing, unreadable or damaged.
    """
    try:
        words = path.read_text("ascii").split()
    except FileNotFoundError as error:
        raise SecretError(f"the secret file {path} is missing. {LOST}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise SecretError(f"the secret file {path} cannot be read: {error}") from error
    try:
        header, digits = words
        master = bytes.fromhex(digits)
    except ValueError:
        header, master = "", b""
    if header != HEADER or len(master) != MASTER_BYTES:
        raise SecretError(f"the secret file {path} is damaged. {LOST}")
    return Vault(master)


def create_vault(path: Path) -> Vault:
    """Return the vault of a new secret file; of the one there is, if another was first.

    The file appears whole or not at all, readable by its owner only (mode 0600).

    Raises:
        SecretError: It cannot be written.
    """
    try:
        _create(path)
    except OSError as error:
        raise SecretError(f"the secret file {path} cannot be made: {error}") from error
    return load_vault(path)


def _create(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(f"{HEADER} {secrets.token_hex(MASTER_BYTES)}\n")
            file.flush()
            os.fsync(file.fileno())
        # A link, unlike a rename, never replaces the file of a worker that was first.
        with contextlib.suppress(FileExistsError):
            Path(path).hardlink_to(name)
        _sync_folder(path.parent)
    finally:
        Path(name).unlink()


def _sync_folder(path: Path) -> None:
    folder = os.open(path, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
