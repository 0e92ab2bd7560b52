"""Settings: where they come from, and what is said of wrong ones."""

import contextlib
import dataclasses
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saring.errors import SettingsError
from saring.settings import (
    Settings,
    all_settings,
    environment_of,
    read_settings,
)
from saring.verdict import Cutoffs

NAMES = [setting.name for setting in all_settings()]


def write(folder: Path, text: str) -> dict[str, str]:
    path = folder / "saring.toml"
    path.write_text(text, encoding="utf-8")
    return {"SARING_CONFIG": str(path)}


def faults(environment: dict[str, str], **options: str) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        read_settings(options, environment)
    return str(caught.value).splitlines()


def test_settings_are_the_defaults_where_nothing_is_said() -> None:
    assert read_settings({}, {}) == Settings()


def test_settings_have_all_cutoffs_or_none() -> None:
    some = Settings(unsure_cutoff=0.2, spam_cutoff=0.5, discard_cutoff=0.9)

    assert some.cutoffs == Cutoffs(0.2, 0.5, 0.9)
    assert Settings().cutoffs is None


def test_settings_cannot_be_changed() -> None:
    settings = Settings()

    with pytest.raises(dataclasses.FrozenInstanceError):
        settings.port = 1  # type: ignore[misc]  # that is the test


def test_settings_each_have_a_help_line_that_is_a_sentence() -> None:
    texts = [setting.rule.help for setting in all_settings()]

    assert all(text[0].isupper() and text.endswith(".") for text in texts)


def test_settings_defaults_keep_their_own_rules() -> None:
    said = {
        setting.environment_name: setting.shown_default
        for setting in all_settings()
        if setting.default is not None
    }

    assert read_settings({}, said) == Settings()


def test_settings_prefer_command_line_to_environment_to_file(tmp_path: Path) -> None:
    environment = write(tmp_path, 'port = 1\nworkers = 2\nhost = "::1"')
    environment |= {"SARING_PORT": "3", "SARING_WORKERS": "4"}

    settings = read_settings({"port": "5", "host": None}, environment)

    assert (settings.port, settings.workers, settings.host) == (5, 4, "::1")


def test_settings_file_may_be_named_on_the_command_line(tmp_path: Path) -> None:
    path = write(tmp_path, "port = 7")["SARING_CONFIG"]

    assert read_settings({"config": path}, {}).port == 7


def test_settings_file_takes_the_types_of_toml(tmp_path: Path) -> None:
    lines = "unsure_cutoff = 0\nspam_cutoff = 0.5\ndiscard_cutoff = 1"
    environment = write(tmp_path, f"{lines}\nsingle_tenant = true")

    settings = read_settings({}, environment)

    assert settings.single_tenant is True
    assert settings.unsure_cutoff == 0.0
    assert type(settings.discard_cutoff) is float


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("PORT", "http", "a whole number from 0 to 65535"),
        ("PORT", "65536", "a whole number from 0 to 65535"),
        ("WORKERS", "0", "a whole number from 1 to 256"),
        ("SPAM_CUTOFF", "nan", "a number from 0 to 1"),
        ("SINGLE_TENANT", "yes", "true or false"),
        ("LOG_LEVEL", "loud", "debug, info, warning or error"),
        ("PUBLIC_URL", "example.org", "http://… or https://… without a slash"),
        ("PATH_PREFIX", "spam/", "a path that begins with a slash"),
        ("HOST", "", "a host name or an IP address"),
    ],
)
def test_settings_say_what_is_wrong_and_what_would_be_right(
    name: str, value: str, wanted: str
) -> None:
    (fault, *_) = faults({f"SARING_{name}": value})

    assert fault.startswith(f"SARING_{name} is {value!r}; it must be {wanted}")


def test_settings_report_all_faults_together(tmp_path: Path) -> None:
    environment = write(tmp_path, "prot = 1\nworkers = true")

    found = faults(environment | {"SARING_PORT": "x"}, log_level="loud")

    assert [fault.split(" is ")[0] for fault in found[1:]] == [
        "SARING_PORT",
        "workers",
        "--log-level",
    ]
    assert found[0].endswith("names prot, which is no setting; did you mean port?")


def test_settings_name_an_unknown_entry_without_a_guess(tmp_path: Path) -> None:
    (fault,) = faults(write(tmp_path, "zzz = 1"))

    assert fault.endswith("names zzz, which is no setting")


@pytest.mark.parametrize("text", ["port = ", "\ufeff= 1"])
def test_settings_report_a_file_that_is_no_toml(tmp_path: Path, text: str) -> None:
    (fault,) = faults(write(tmp_path, text))

    assert "it must be a TOML file" in fault


def test_settings_report_a_missing_file(tmp_path: Path) -> None:
    (fault,) = faults({}, config=str(tmp_path / "nowhere.toml"))

    assert "nowhere.toml cannot be read" in fault


def test_settings_never_show_the_address_of_the_store() -> None:
    environment = {"SARING_DATABASE": "mysql://alice:hunter2@db.example/saring"}

    (fault,) = faults(environment)

    assert "hunter2" not in fault
    assert fault.startswith("SARING_DATABASE is not right; it must be sqlite:///PATH")


def test_settings_print_without_the_address_of_the_store() -> None:
    settings = Settings(database="postgresql://alice:hunter2@db.example/saring")

    assert "hunter2" not in repr(settings)
    assert settings.masked_database == "postgresql://alice:****@db.example/saring"


def test_settings_show_an_address_without_password_whole() -> None:
    assert Settings().masked_database == "sqlite:///var/saring.db"


def test_settings_read_the_address_of_the_store_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "address"
    path.write_text("sqlite:///elsewhere.db\n", encoding="utf-8")

    settings = read_settings({}, {"SARING_DATABASE_FILE": str(path)})

    assert settings.database == "sqlite:///elsewhere.db"


def test_settings_report_a_file_of_a_secret_that_is_missing(tmp_path: Path) -> None:
    (fault,) = faults({"SARING_DATABASE_FILE": str(tmp_path / "nowhere")})

    assert "cannot be read" in fault


def test_settings_want_all_three_cutoffs_or_none() -> None:
    (fault,) = faults({"SARING_SPAM_CUTOFF": "0.9"})

    wanted = "set all three cutoffs or none; unset: unsure_cutoff, discard_cutoff"
    assert fault == wanted


def test_settings_want_cutoffs_that_rise() -> None:
    cutoffs = {"unsure_cutoff": "0.9", "spam_cutoff": "0.5", "discard_cutoff": "1"}

    (fault,) = faults({}, **cutoffs)

    assert fault.endswith("are 0.9, 0.5, 1; they must rise in this order")


def test_settings_of_the_command_line_survive_as_environment() -> None:
    options = {"port": "99", "host": None, "config": None}

    assert environment_of(options) == {"SARING_PORT": "99"}


@given(st.dictionaries(st.sampled_from(NAMES), st.text()))
def test_settings_from_any_text_are_right_or_refused(said: dict[str, str]) -> None:
    environment = {f"SARING_{name.upper()}": text for name, text in said.items()}

    with contextlib.suppress(SettingsError):
        assert 0 <= read_settings({}, environment).port <= 65535
