"""PyPI `akismet-async` as a program, in its own environment.

It puts the key in the host name; its addresses are constants of its module. It calls
the comment's type `content_type` and leaves out most of what others send.
"""

import asyncio
from urllib.parse import urlsplit

import httpx

from akismet import Akismet, Comment, client  # type: ignore[attr-defined]  # see below
from protocol.steps import LOCAL_DOMAIN, Step, resolve_locally, serve

# What mypy and we see under the name "akismet" is another package than what runs here.

KNOWN = (
    "comment_content",
    "user_ip",
    "user_agent",
    "referrer",
    "permalink",
    "comment_author",
    "comment_author_email",
    "comment_author_url",
    "blog",
    "blog_lang",
    "blog_charset",
)


def redirect(base: str) -> None:
    """Point the module's constants at our server."""
    port = urlsplit(base).port
    keyed = "http://{api_key}." + f"{LOCAL_DOMAIN}:{port}/1.1/"
    client.AKISMET_CHECK_URL = keyed + "comment-check"
    client.AKISMET_SUBMIT_SPAM_URL = keyed + "submit-spam"
    client.AKISMET_SUBMIT_HAM_URL = keyed + "submit-ham"
    client.AKISMET_KEY_VERIFICATION_URL = f"http://{LOCAL_DOMAIN}:{port}/1.1/verify-key"


async def act(step: Step) -> object:
    """Do one step with a fresh client."""
    redirect(step["base"])
    api = Akismet(step["key"], step["blog"])
    async with httpx.AsyncClient(timeout=10) as http:
        api._http_client = http
        if step["call"] == "verify":
            return await api.verify_key()
        fields = {name: step["comment"][name] for name in KNOWN}
        comment = Comment(content_type=step["comment"]["comment_type"], **fields)
        match step["call"]:
            case "check":
                said = str(await api.check(comment))
                return {"probable_spam": "spam", "definite_spam": "discard"}.get(
                    said, said
                )
            case "spam":
                return await api.submit_spam(comment)
            case "ham":
                return await api.submit_ham(comment)
    raise ValueError(step["call"])


if __name__ == "__main__":
    resolve_locally()
    serve(lambda step: asyncio.run(act(step)))
