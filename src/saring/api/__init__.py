"""Our own HTTP API under /v1: one table of routes, from which all else is made."""

from saring.api.routes import ROUTES
from saring.api.serving import make_routes
from saring.api.table import Links, Route

__all__ = ["ROUTES", "Links", "Route", "make_routes"]
