"""Comments as mail, which is what mail filters read."""

import hashlib
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from benchmarks.speed.corpus import Row

POLICY = SMTP.clone(utf8=False, cte_type="8bit", max_line_length=None)
NOT_IN_HEADERS = dict.fromkeys(map(ord, "\r\n\0"), " ")
NUMBER = "0123456789abcdef"


def _head() -> bytes:
    """Return the header that all mails have in common, with a number to be replaced."""
    message = EmailMessage(policy=POLICY)
    message["From"] = Address("writer", username="writer", domain="mail.example")
    message["To"] = "comments@site0.example"
    message["Subject"] = "comment"
    message["Message-ID"] = f"<{NUMBER}@site0.example>"
    message.set_content("", cte="8bit")
    return message.as_bytes().rstrip() + b"\r\n\r\n"


HEAD = _head()


def mail(row: Row) -> bytes:
    """Return a comment as mail: its text, after the writer and the title, is the body.

    Each has a Message-ID of its own, since mail filters skip a message that they know.
    It is a hash: the ids of some sources tell the class, and filters do read it.
    """
    number = hashlib.sha256(str(row["id"]).encode()).hexdigest()[: len(NUMBER)]
    lines = [
        row.get("comment_author", ""),
        row.get("comment_author_email", ""),
        row.get("comment_author_url", ""),
        row.get("post_title", ""),
    ]
    head = "\n".join(line.translate(NOT_IN_HEADERS) for line in lines if line)
    text = f"{head}\n{row['comment_content']}\n".encode(errors="replace")
    body = b"\r\n".join(text.replace(b"\0", b" ").splitlines())
    return HEAD.replace(NUMBER.encode(), number.encode()) + body + b"\r\n"
