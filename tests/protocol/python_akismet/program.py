"""PyPI `python-akismet` as a program, in its own environment.

It puts the key in the host name and has no call to verify a key. The domain and the
protocol are attributes of its class.
"""

from urllib.parse import urlsplit

from akismet import Akismet  # type: ignore[attr-defined]  # not the package checked here
from protocol.steps import LOCAL_DOMAIN, Step, resolve_locally, serve


def act(step: Step) -> object:
    """Do one step with a fresh client."""
    client = Akismet(step["key"], blog=step["blog"], timeout=10)
    client.protocol = "http"
    client.domain = f"{LOCAL_DOMAIN}:{urlsplit(step['base']).port}"
    fields = {name: step["comment"][name] for name in KNOWN if name in step["comment"]}
    match step["call"]:
        case "check":
            return ("ham", "unknown", "spam", "discard")[client.check(**fields)]
        case "spam":
            return client.submit_spam(**fields)
        case "ham":
            return client.submit_ham(**fields)
    raise ValueError(step["call"])


KNOWN = (
    "user_ip",
    "user_agent",
    "comment_author",
    "comment_author_email",
    "comment_author_url",
    "comment_content",
    "referrer",
    "permalink",
    "comment_type",
    "blog_lang",
    "user_role",
)

if __name__ == "__main__":
    resolve_locally()
    serve(act)
