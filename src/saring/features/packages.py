"""Lists that other packages carry as files, read without importing those packages.

Some of them cannot be imported any more (they ask for `pkg_resources`), others load
more than is needed.
"""

from importlib.metadata import distribution
from pathlib import Path


def read_package_file(package: str, path: str) -> str:
    """Return the text of a file that an installed package carries.

    Args:
        package: Its name on PyPI.
        path: Of the file, from where packages are installed.

    Raises:
        PackageNotFoundError: The package is not installed.
    """
    located = Path(str(distribution(package).locate_file(path)))
    return located.read_text(encoding="utf-8")
