"""`make run`: secrets of this machine, migrations, the demo once, then gunicorn; the second time it only serves."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

from demo.load import PASSWORD, PEOPLE

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Prepare the data folder and become gunicorn."""
    data = Path(os.environ.get("DATA_DIR") or "data").absolute()
    data.mkdir(parents=True, exist_ok=True)
    port = os.environ.get("PORT") or "8000"
    environment = _environment(data)
    _run([_program("flask"), "db", "upgrade"], environment)
    loaded = data / "demo-loaded"
    if not loaded.exists():
        print("Loading the demo catalogue (once, about half a minute) …", flush=True)
        _run([_program("flask"), "demo", "load"], environment, told=False)
        loaded.touch()
    _tell(port)
    command = [
        *(_program("gunicorn"), "--config", "web/serving.py", "--bind", f"127.0.0.1:{port}"),
        *("--log-level", "warning", "app:create_app()"),
    ]
    os.chdir(ROOT)
    os.execve(command[0], command, environment)


def _environment(data: Path) -> dict[str, str]:
    """The environment of the demo; secrets are made once and stay in the data folder."""
    environment = dict(os.environ)
    environment |= {"FLASK_APP": "app.py", "DEMO": "true", "LOG_LEVEL": environment.get("LOG_LEVEL") or "WARNING"}
    environment.setdefault("DATABASE_PATH", str(data / "database.db"))
    for name in ("SECRET_KEY", "JWT_SECRET_KEY"):
        file = data / name.lower()
        if not file.exists():
            file.touch(mode=0o600)
            file.write_text(secrets.token_hex(32), encoding="utf-8")
        if not environment.get(name):
            environment[f"{name}_FILE"] = str(file)
    return environment


def _program(name: str) -> str:
    return str(Path(sys.executable).parent / name)


def _run(command: list[str], environment: dict[str, str], *, told: bool = True) -> None:
    """A command of ours; what it tells is left out where `_tell` says the same. Its failure is ours."""
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False, stdout=None if told else subprocess.DEVNULL)
    if done.returncode:
        sys.exit(done.returncode)


def _tell(port: str) -> None:
    print(f"\n  Storefront   http://127.0.0.1:{port}/\n  Backoffice   http://127.0.0.1:{port}/admin/\n", flush=True)
    for email, name, role in PEOPLE:
        print(f"  {email:26} {role:12} {name}", flush=True)
    print(f"  Password of all five: {PASSWORD}\n", flush=True)


if __name__ == "__main__":
    main()
