"""Every error that Saring raises: one base, a handful of children, a sentence each."""


class SaringError(Exception):
    """The base of everything Saring raises on purpose."""


class SettingsError(SaringError):
    """One or more settings are wrong; the text names each of them."""


class BadRequestError(SaringError):
    """What a caller sent cannot be used; `field` names the part at fault."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class KeyRefusedError(SaringError):
    """The API key is missing, unknown or revoked."""


class NotFoundError(SaringError):
    """What was asked for does not exist, or belongs to somebody else."""


class StoreError(SaringError):
    """The ledger cannot be read or written; `retryable` says if waiting may help."""

    def __init__(self, message: str, *, retryable: bool = True) -> None:
        super().__init__(message)
        self.retryable = retryable


class SecretError(SaringError):
    """The secret file beside the store is missing, unreadable or not this store's."""


class CorpusError(SaringError):
    """A labelled file cannot be read; the text names the file and the line."""


class ModelError(SaringError):
    """A base model or checkpoint is damaged or was made for another feature version."""
