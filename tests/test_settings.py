"""The environment is understood, or refused with the name of the variable that is wrong."""

from pathlib import Path

import pytest

import settings

SECRET = "s" * 32
OTHER_SECRET = "j" * 32


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Nothing is set but what must be."""
    for variable in settings.VARIABLES:
        monkeypatch.delenv(variable.name, raising=False)
        monkeypatch.delenv(f"{variable.name}_FILE", raising=False)
    monkeypatch.setenv("SECRET_KEY", SECRET)
    monkeypatch.setenv("JWT_SECRET_KEY", OTHER_SECRET)
    return monkeypatch


def _refusal() -> str:
    with pytest.raises(settings.SettingsError) as refused:
        settings.load()
    return str(refused.value)


def test_two_secrets_are_enough() -> None:
    loaded = settings.load()
    assert (loaded.secret_key, loaded.jwt_secret_key) == (SECRET, OTHER_SECRET)
    assert (loaded.demo, loaded.https, loaded.trusted_proxies, loaded.log_level) == (False, False, 0, "INFO")
    assert loaded.redis_url == ""
    assert loaded.database_url == f"sqlite:///{Path('data/database.db').absolute()}"


def test_every_value_is_typed(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("DEMO", "true")
    environment.setenv("HTTPS", "1")
    environment.setenv("TRUSTED_PROXIES", "2")
    environment.setenv("LOG_LEVEL", "debug")
    environment.setenv("SELLER_NAME", "ФОП Шевченко Олена Іванівна")
    loaded = settings.load()
    assert (loaded.demo, loaded.https, loaded.trusted_proxies, loaded.log_level) == (True, True, 2, "DEBUG")
    assert loaded.seller.name == "ФОП Шевченко Олена Іванівна"


@pytest.mark.parametrize("name", ["SECRET_KEY", "JWT_SECRET_KEY"])
@pytest.mark.parametrize("empty", [True, False], ids=["empty", "absent"])
def test_a_missing_secret_is_refused_by_name(environment: pytest.MonkeyPatch, name: str, empty: bool) -> None:
    if empty:
        environment.setenv(name, "")
    else:
        environment.delenv(name)
    assert _refusal().startswith(f"{name}: is not set")


def test_an_empty_variable_counts_as_absent(environment: pytest.MonkeyPatch) -> None:
    for name in ("DEMO", "HTTPS", "TRUSTED_PROXIES", "LOG_LEVEL", "DATABASE_URL", "DATABASE_PATH"):
        environment.setenv(name, "")
    assert settings.load().trusted_proxies == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEMO", "perhaps"),
        ("HTTPS", "2"),
        ("TRUSTED_PROXIES", "one"),
        ("TRUSTED_PROXIES", "-1"),
        ("HTTP_PORT", "70000"),
        ("LOG_LEVEL", "LOUD"),
    ],
)
def test_a_malformed_value_is_refused_by_name(environment: pytest.MonkeyPatch, name: str, value: str) -> None:
    environment.setenv(name, value)
    assert _refusal().startswith(f"{name}: ")


@pytest.mark.parametrize("name", ["SECRET_KEY", "JWT_SECRET_KEY"])
@pytest.mark.parametrize("tutorial", ["super_secret_key_123", "super_jwt_key_456"])
@pytest.mark.parametrize("demo", ["false", "true"])
def test_a_secret_from_a_tutorial_is_refused_even_in_the_demo(
    environment: pytest.MonkeyPatch, name: str, tutorial: str, demo: str
) -> None:
    environment.setenv("DEMO", demo)
    environment.setenv(name, tutorial)
    refusal = _refusal()
    assert refusal.startswith(f"{name}: is an example")
    assert "openssl rand" in refusal


@pytest.mark.parametrize("name", ["SECRET_KEY", "JWT_SECRET_KEY"])
def test_a_short_secret_is_refused_outside_of_the_demo_only(environment: pytest.MonkeyPatch, name: str) -> None:
    short = "k" * (settings.MINIMUM_SECRET_BYTES - 1)
    environment.setenv(name, short)
    refusal = _refusal()
    assert refusal.startswith(f"{name}: must have at least 32 bytes")
    assert short not in refusal
    environment.setenv("DEMO", "true")
    assert short in (settings.load().secret_key, settings.load().jwt_secret_key)


def test_a_secret_is_measured_in_bytes(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("SECRET_KEY", "ї" * 16)
    assert settings.load().secret_key == "ї" * 16


def test_one_secret_for_both_is_refused_even_in_the_demo(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("JWT_SECRET_KEY", SECRET)
    environment.setenv("DEMO", "true")
    assert _refusal() == "JWT_SECRET_KEY: must differ from SECRET_KEY"


def test_a_secret_comes_from_a_file_without_its_newline(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "secret_key"
    file.write_text("f" * 40 + "\n")
    environment.delenv("SECRET_KEY")
    environment.setenv("SECRET_KEY_FILE", str(file))
    assert settings.load().secret_key == "f" * 40


def test_a_file_is_checked_like_a_value(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "secret_key"
    file.write_text("super_secret_key_123\n")
    environment.delenv("SECRET_KEY")
    environment.setenv("SECRET_KEY_FILE", str(file))
    assert _refusal().startswith("SECRET_KEY: is an example")


def test_an_empty_file_is_no_secret(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "secret_key"
    file.write_text("\n")
    environment.delenv("SECRET_KEY")
    environment.setenv("SECRET_KEY_FILE", str(file))
    assert _refusal().startswith("SECRET_KEY: is not set")


@pytest.mark.parametrize("kind", ["absent", "a folder"])
def test_a_file_that_cannot_be_read_is_refused_by_name(
    environment: pytest.MonkeyPatch, tmp_path: Path, kind: str
) -> None:
    environment.delenv("SECRET_KEY")
    environment.setenv("SECRET_KEY_FILE", str(tmp_path if kind == "a folder" else tmp_path / "absent"))
    assert _refusal().startswith("SECRET_KEY: ")


def test_the_address_of_a_database_wins_over_the_path(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("DATABASE_PATH", "/app/data/database.db")
    assert settings.load().database_url == "sqlite:////app/data/database.db"
    environment.setenv("DATABASE_URL", "postgresql://shop:word@db/shop")
    assert settings.load().database_url == "postgresql://shop:word@db/shop"


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("DATABASE_URL", "postgres://shop:hidden-word@db/shop"),
        ("DATABASE_URL", "mysql://shop:hidden-word@db/shop"),
        ("DATABASE_URL", "/app/data/hidden-word.db"),
        ("REDIS_URL", "http://:hidden-word@redis"),
    ],
)
def test_an_address_of_another_kind_is_refused_without_repeating_its_password(
    environment: pytest.MonkeyPatch, name: str, url: str
) -> None:
    environment.setenv(name, url)
    refusal = _refusal()
    assert refusal.startswith(f"{name}: must start with")
    assert "hidden-word" not in refusal
