"""The package as others meet it: names, version, types, licence, a quick import."""

import http.server
import json
import re
import subprocess
import sys
import threading
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

import saring

ROOT = Path(__file__).parent.parent


def test_package_has_its_version_in_one_place() -> None:
    assert metadata.version("saring") == saring.__version__


@pytest.mark.parametrize("name", saring.__all__)
def test_package_gives_every_name_it_promises(name: str) -> None:
    assert getattr(saring, name)


def test_package_has_no_other_names() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Filter'"):
        saring.Filter  # noqa: B018 - the look-up is the test


def test_package_imports_nothing_heavy_until_it_is_needed() -> None:
    code = "import sys, saring, saring.cli; print('numpy' in sys.modules)"

    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert done.stdout == "False\n"


def test_package_runs_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "saring", "--version"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == f"saring, version {saring.__version__}\n"


def test_package_is_typed() -> None:
    assert (Path(saring.__file__).parent / "py.typed").exists()


def test_package_carries_the_licence_it_names() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

    assert project["license"] == "Apache-2.0"
    assert "Apache License" in (ROOT / "LICENSE").read_text()[:200]


def test_package_has_the_extra_that_the_demonstration_names() -> None:
    parts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))

    extra = parts["project"]["optional-dependencies"]["demo"]

    assert extra == parts["dependency-groups"]["demo"]


class Healthy(http.server.BaseHTTPRequestHandler):
    """Answers as a server behind `/spam` does when it is well."""

    def do_GET(self) -> None:
        is_asked = self.path == "/spam/1.1/test"
        self.send_response(200 if is_asked else 404)
        self.end_headers()
        self.wfile.write(b"connected" if is_asked else b"no such call")

    def log_message(self, *_: object) -> None: ...


def test_image_asks_after_its_health_where_its_settings_say() -> None:
    found = re.search(r"HEALTHCHECK.*\\\n +CMD (.*)", (ROOT / "Dockerfile").read_text())
    assert found
    _, *arguments = json.loads(found[1])
    with http.server.HTTPServer(("127.0.0.1", 0), Healthy) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        environment = {"SARING_PORT": str(server.server_port)}
        ends = [
            subprocess.run(
                [sys.executable, *arguments],
                env=environment | {"SARING_PATH_PREFIX": prefix},
                check=False,
                stderr=subprocess.DEVNULL,
            ).returncode
            for prefix in ("/spam", "/other")
        ]
        server.shutdown()

    assert ends == [0, 1]
