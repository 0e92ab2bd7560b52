"""Openapi: the table of routes as an OpenAPI document."""

import re
from collections.abc import Iterable, Mapping

import msgspec

import saring
from saring.api.shapes import FaultAnswer
from saring.api.table import Links, Route


def describe(table: Iterable[Route], links: Links) -> dict[str, object]:
    """Return the OpenAPI document of the table."""
    table = list(table)
    kinds = [kind for r in table for kind in (r.takes, r.gives) if kind]
    schemas, components = msgspec.json.schema_components(
        [*kinds, FaultAnswer], ref_template="#/components/schemas/{name}"
    )
    schema_of = {str(k): s for k, s in zip([*kinds, FaultAnswer], schemas, strict=True)}
    paths: dict[str, dict[str, object]] = {}
    for route in table:
        operation = _operation(route, schema_of)
        paths.setdefault(route.path, {})[route.method.lower()] = operation
    bearer = {"key": {"type": "http", "scheme": "bearer"}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Saring", "version": saring.__version__},
        "servers": [{"url": links.to("") or "/"}],
        "paths": paths,
        "components": {"schemas": components, "securitySchemes": bearer},
    }


def _operation(route: Route, schema_of: Mapping[str, object]) -> dict[str, object]:
    def content(kind: object) -> dict[str, object]:
        return {"application/json": {"schema": schema_of[str(kind)]}}

    fault = {"description": "The error.", "content": content(FaultAnswer)}
    operation: dict[str, object] = {
        "operationId": route.handler.__name__,
        "summary": route.answers,
        "responses": {
            "200": {"description": route.answers, "content": content(route.gives)},
            "default": fault,
        },
    }
    if route.who == "key":
        operation["security"] = [{"key": []}]
    if route.takes:
        operation["requestBody"] = {"required": True, "content": content(route.takes)}
    text = {"schema": {"type": "string"}}
    parameters: list[dict[str, object]] = [
        {"name": name, "in": "path", "required": True, **text}
        for name in re.findall(r"\{(\w+)\}", route.path)
    ]
    parameters += [
        {"name": name, "in": "query", "description": meaning, **text}
        for name, meaning in route.options.items()
    ]
    if parameters:
        operation["parameters"] = parameters
    return operation
