"""The constant-answer endpoint: what the server stack alone can do.

A Starlette route on uvicorn reads the body and answers `false` with the headers that
Saring sends; nothing is parsed, judged or recorded.
"""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

HEADERS = {
    "X-akismet-guid": "0" * 32,
    "X-saring-verdict": "ham",
    "X-saring-score": "0.0123",
    "X-saring-clues": "text -2.10, links -0.42, identity -0.31",
}


async def comment_check(request: Request) -> Response:
    """Answer that it is not spam, whatever it is."""
    await request.body()
    return Response(b"false", media_type="text/plain", headers=HEADERS)


app = Starlette(routes=[Route("/1.1/comment-check", comment_check, methods=["POST"])])
