"""Every command of the README works alone, in a clone where nothing else ran."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NO_REINSTALLING = ("-o", "requirements.txt", "-o", "requirements-dev.txt", f"VENV={sys.prefix}")
ONE_TEST_THAT_READS_UKRAINIAN = "-n 0 -k 'forced and sqlite' tests/web/test_languages.py"
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROMISED = sorted(set(re.findall(r"(?:`|\S=\S+ |^)make ([a-z-]+)", README, re.MULTILINE)))


def _make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = ["make", *NO_REINSTALLING, *arguments]
    # these tests may run below a make of their own, which would make this one speak of its folders
    alone = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}
    return subprocess.run(command, cwd=folder, env=alone, capture_output=True, text=True, check=False, timeout=300)


def _forget_compiled(folder: Path) -> None:
    for compiled in folder.rglob("*.mo"):
        compiled.unlink()


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What Git would clone of this working tree: all but what it ignores."""
    folder = tmp_path_factory.mktemp("clone")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.split("\0")  # fmt: skip
    for name in filter(None, listed):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    return folder


def test_the_tests_alone_pass_in_a_fresh_clone(clone: Path) -> None:
    _forget_compiled(clone)
    done = _make(clone, "test", f"TESTS={ONE_TEST_THAT_READS_UKRAINIAN}")
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"^1 passed", done.stdout, re.MULTILINE)


def test_a_changed_catalogue_is_compiled_again_before_the_tests(clone: Path) -> None:
    assert _make(clone, "test", "TESTS=--version").returncode == 0
    compiled, changed = (clone / f"translations/uk/LC_MESSAGES/wtforms.{kind}" for kind in ("mo", "po"))
    later = compiled.stat().st_mtime + 10
    os.utime(changed, (later, later))
    planned = _make(clone, "-n", "test").stdout
    assert planned.index("catalogues compile wtforms") < planned.index("-m pytest")


@pytest.mark.parametrize("target", ["bench", "hostile", "run", "test"])
def test_what_shows_pages_compiles_the_catalogues_first(clone: Path, target: str) -> None:
    _forget_compiled(clone)
    assert "catalogues compile messages" in _make(clone, "-n", target).stdout


@pytest.mark.parametrize("target", PROMISED)
def test_a_target_of_the_readme_exists(clone: Path, target: str) -> None:
    done = _make(clone, "-n", target)
    assert done.returncode == 0, done.stderr
    assert re.search(rf"^  make {target} ", _make(clone, "help").stdout, re.MULTILINE)


def test_ci_runs_the_tests_before_anything_else_and_the_rest_after() -> None:
    ran = re.findall(r"^make (\w+)$", (ROOT / ".ci/run").read_text(encoding="utf-8"), re.MULTILINE)
    assert ran == ["test", "checks"]
