"""What `make run` prepares before it serves."""

from pathlib import Path

import pytest

from demo.serve import _environment

SECRETS = ("SECRET_KEY", "JWT_SECRET_KEY")


@pytest.fixture
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*SECRETS, "DATABASE_PATH", "LOG_LEVEL"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("_bare")
def test_secrets_are_made_once_for_this_machine_and_read_by_their_owner_only(tmp_path: Path) -> None:
    first = _environment(tmp_path)
    files = [Path(first[f"{name}_FILE"]) for name in SECRETS]
    made = [file.read_text() for file in files]
    assert [len(each) for each in made] == [64, 64]
    assert made[0] != made[1]
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert _environment(tmp_path) == first
    assert [file.read_text() for file in files] == made


@pytest.mark.usefixtures("_bare")
def test_the_database_lies_in_the_data_folder_and_the_demo_is_on(tmp_path: Path) -> None:
    environment = _environment(tmp_path)
    assert environment["DATABASE_PATH"] == str(tmp_path / "database.db")
    assert (environment["DEMO"], environment["LOG_LEVEL"]) == ("true", "WARNING")


@pytest.mark.usefixtures("_bare")
def test_a_secret_that_is_given_is_used_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "given")
    environment = _environment(tmp_path)
    assert environment["SECRET_KEY"] == "given"
    assert "SECRET_KEY_FILE" not in environment
