from importlib.metadata import PackageNotFoundError

import pytest

from saring.features.packages import read_package_file


def test_read_package_file_reads_what_a_package_carries() -> None:
    text = read_package_file("link-shorteners", "link_shorteners/link-shorteners.txt")

    assert "bit.ly" in text


def test_read_package_file_names_a_missing_package() -> None:
    with pytest.raises(PackageNotFoundError, match="no-such-package"):
        read_package_file("no-such-package", "list.txt")
