"""Every environment variable of the product: its name, type, default and one sentence."""

import re
from dataclasses import dataclass
from pathlib import Path

from environs import EnvError, FileAwareEnv

EXAMPLE_SECRETS = frozenset({"super_secret_key_123", "super_jwt_key_456"})
MINIMUM_SECRET_BYTES = 32
THIS_MACHINE = ("localhost", "127.0.0.1", "[::1]")
_HOST = re.compile(r"\.?[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]")


class SettingsError(Exception):
    """The environment can't be used; the text names the variable and what is wrong with it."""


@dataclass(frozen=True)
class Variable:
    """One environment variable. `kind` is text, secret, flag, count or url; `default` None means it must be given."""

    name: str
    kind: str
    default: str | None
    sentence: str


VARIABLES = (
    Variable("FLASK_APP", "text", "app.py", "Where the flask command finds the application."),
    Variable("SECRET_KEY", "secret", None, "Signs sessions and forms; at least 32 random bytes."),
    Variable(
        "JWT_SECRET_KEY", "secret", None, "Signs the tokens of the API; at least 32 random bytes, not SECRET_KEY."
    ),
    Variable("DATABASE_PATH", "text", "data/database.db", "The SQLite file, used when DATABASE_URL is empty."),
    Variable("DATABASE_URL", "secret-url", "", "postgresql://… of the database; wins over DATABASE_PATH."),
    Variable(
        "REDIS_URL",
        "secret-url",
        "",
        "redis://… of a cache that many containers share; /readyz asks whether it answers.",
    ),
    Variable("DEMO", "flag", "false", "Opens the demo: its catalogue, its known passwords and the warning about them."),
    Variable("HTTPS", "flag", "false", "The public address is https: cookies are sent over https only."),
    Variable(
        "ALLOWED_HOSTS",
        "text",
        "",
        "The names under which the shop may be asked, with commas: shop.example; this machine is always one.",
    ),
    Variable("TRUSTED_PROXIES", "count", "0", "How many proxies before the application set X-Forwarded-For."),
    Variable(
        "LOG_LEVEL", "text", "INFO", "The least severe line that the JSON log keeps: DEBUG, INFO, WARNING or ERROR."
    ),
    Variable("SELLER_NAME", "text", "", "Full name of the seller, shown in the footer (law 675-VIII, art. 7)."),
    Variable("SELLER_ADDRESS", "text", "", "Address of the seller, shown in the footer."),
    Variable("SELLER_EMAIL", "text", "", "E-mail of the seller, shown in the footer."),
    Variable("SELLER_PHONE", "text", "", "Telephone of the seller, shown in the footer."),
    Variable("SELLER_TAX_ID", "text", "", "EDRPOU code or tax number of the seller, shown in the footer."),
    Variable("HTTP_PORT", "count", "80", "The port of this machine on which Docker Compose publishes Nginx."),
)


@dataclass(frozen=True)
class Seller:
    """The seller's details that the law wants on every page."""

    name: str
    address: str
    email: str
    phone: str
    tax_id: str


@dataclass(frozen=True)
class Settings:
    """The whole environment, typed."""

    secret_key: str
    jwt_secret_key: str
    database_url: str
    redis_url: str
    demo: bool
    https: bool
    allowed_hosts: tuple[str, ...]
    trusted_proxies: int
    log_level: str
    seller: Seller


def load() -> Settings:
    """Read the environment. Raises SettingsError naming the first variable that is missing or malformed."""
    env = FileAwareEnv(strip_whitespace=True)
    values = {variable.name: _read(env, variable) for variable in VARIABLES}
    texts = {name: str(value) for name, value in values.items()}
    demo = bool(values["DEMO"])
    for name in ("SECRET_KEY", "JWT_SECRET_KEY"):
        _check_secret(name, texts[name], demo=demo)
    if texts["SECRET_KEY"] == texts["JWT_SECRET_KEY"]:
        raise SettingsError("JWT_SECRET_KEY: must differ from SECRET_KEY")
    return Settings(
        secret_key=texts["SECRET_KEY"],
        jwt_secret_key=texts["JWT_SECRET_KEY"],
        database_url=_database_url(texts["DATABASE_URL"], texts["DATABASE_PATH"]),
        redis_url=_redis_url(texts["REDIS_URL"]),
        demo=demo,
        https=bool(values["HTTPS"]),
        allowed_hosts=_allowed_hosts(texts["ALLOWED_HOSTS"]),
        trusted_proxies=int(values["TRUSTED_PROXIES"]),
        log_level=_log_level(texts["LOG_LEVEL"]),
        seller=Seller(
            name=texts["SELLER_NAME"],
            address=texts["SELLER_ADDRESS"],
            email=texts["SELLER_EMAIL"],
            phone=texts["SELLER_PHONE"],
            tax_id=texts["SELLER_TAX_ID"],
        ),
    )


def _read(env: FileAwareEnv, variable: Variable) -> str | bool | int:
    """One value; an empty one counts as not given, since Compose passes `NAME=` for what .env leaves out."""
    name = variable.name
    try:
        given = env.str(name, "")
        if given == "":
            if variable.default is None:
                raise SettingsError(f"{name}: is not set; give it or {name}_FILE")
            return _typed(variable.kind, variable.default)
        if variable.kind == "flag":
            return env.bool(name)
        if variable.kind == "count":
            return _counted(name, env.int(name))
    except (EnvError, ValueError) as error:
        raise SettingsError(f"{name}: {error}") from None
    return given


def _counted(name: str, number: int) -> int:
    if not 0 <= number <= 65535:
        raise SettingsError(f"{name}: must be between 0 and 65535")
    return number


def _typed(kind: str, default: str) -> str | bool | int:
    if kind == "flag":
        return default == "true"
    return int(default) if kind == "count" else default


def _check_secret(name: str, secret: str, *, demo: bool) -> None:
    if secret in EXAMPLE_SECRETS:
        raise SettingsError(f"{name}: is an example from a tutorial; make your own with `openssl rand -hex 32`")
    if not demo and len(secret.encode()) < MINIMUM_SECRET_BYTES:
        raise SettingsError(
            f"{name}: must have at least {MINIMUM_SECRET_BYTES} bytes; make it with `openssl rand -hex 32`"
        )


def _database_url(url: str, path: str) -> str:
    if not url:
        return f"sqlite:///{Path(path).absolute()}"
    if not url.startswith(("postgresql://", "postgresql+psycopg://")):
        raise SettingsError("DATABASE_URL: must start with postgresql://")
    return url


def _redis_url(url: str) -> str:
    if url and not url.startswith(("redis://", "rediss://", "unix://")):
        raise SettingsError("REDIS_URL: must start with redis://, rediss:// or unix://")
    return url


def _allowed_hosts(names: str) -> tuple[str, ...]:
    """Names without ports; a dot before one means all names below it too."""
    given = [name.strip().lower() for name in names.split(",") if name.strip()]
    for name in given:
        if not _HOST.fullmatch(name):
            raise SettingsError(f"ALLOWED_HOSTS: {name} is not the name of a host; write shop.example,www.shop.example")
    return (*THIS_MACHINE, *given)


def _log_level(level: str) -> str:
    if level.upper() not in ("DEBUG", "INFO", "WARNING", "ERROR"):
        raise SettingsError("LOG_LEVEL: must be DEBUG, INFO, WARNING or ERROR")
    return level.upper()
