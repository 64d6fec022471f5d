"""Static files as Nginx serves them: gathered and compressed into the image, published to a volume at each start."""

import argparse
import gzip
import hashlib
import shutil
import tempfile
from importlib.util import find_spec
from pathlib import Path

CURRENT = "current"
VERSION = "VERSION"
TEXT = frozenset({".css", ".js", ".json", ".svg", ".txt"})
WORTH_COMPRESSING_BYTES = 860
OURS = Path(__file__).resolve().parents[1] / "static"


def gather(destination: Path, *, ours: Path, flask_admins: Path) -> None:
    """Lay the files out by their addresses, text also compressed, and name the whole by a digest of its content."""
    shutil.copytree(ours, destination / "static", ignore=shutil.ignore_patterns(".*"))
    shutil.copytree(flask_admins, destination / "admin" / "static", ignore=shutil.ignore_patterns(".*"))
    digest = hashlib.sha256()
    for file in sorted(path for path in destination.rglob("*") if path.is_file()):
        content = file.read_bytes()
        digest.update(f"{file.relative_to(destination)}\0{len(content)}\0".encode() + content)
        if file.suffix in TEXT and len(content) >= WORTH_COMPRESSING_BYTES:
            _compress(file, content)
    (destination / VERSION).write_text(digest.hexdigest()[:16])


def _compress(file: Path, content: bytes) -> None:
    packed = file.with_name(f"{file.name}.gz")
    packed.write_bytes(gzip.compress(content, 9, mtime=0))
    shutil.copystat(file, packed)  # Nginx makes Last-Modified of it


def publish(source: Path, volume: Path) -> None:
    """Make `volume/current` the files of this image. A volume is filled only once by Docker, so an upgrade must.

    The new files come whole: a link is moved when they are all there. Several containers may do it at once.
    """
    version = (source / VERSION).read_text()
    current, release = volume / CURRENT, volume / version
    if current.is_symlink() and current.readlink() == Path(version) and release.is_dir():
        return
    with tempfile.TemporaryDirectory(dir=volume, prefix=".") as name:
        aside = Path(name)
        shutil.copytree(source, aside / version)
        if not release.is_dir():
            try:
                (aside / version).rename(release)
            except OSError:  # another container was faster
                if not release.is_dir():
                    raise
        (aside / CURRENT).symlink_to(version)
        (aside / CURRENT).replace(current)
    for old in volume.iterdir():
        if old.is_dir() and not old.is_symlink() and old.name != version and not old.name.startswith("."):
            shutil.rmtree(old, ignore_errors=True)


def _flask_admins() -> Path:
    """Where Flask-Admin keeps its files; it isn't imported for that."""
    found = find_spec("flask_admin")
    if found is None or found.origin is None:
        raise SystemExit("flask_admin is not installed")
    return Path(found.origin).parent / "static"


def main() -> None:
    """`gather DESTINATION` when the image is built, `publish SOURCE VOLUME` when a container starts."""
    parser = argparse.ArgumentParser(prog="python -m web.static_files")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("gather").add_argument("destination", type=Path)
    publishing = commands.add_parser("publish")
    publishing.add_argument("source", type=Path)
    publishing.add_argument("volume", type=Path)
    given = parser.parse_args()
    if given.command == "gather":
        gather(given.destination, ours=OURS, flask_admins=_flask_admins())
    else:
        publish(given.source, given.volume)


if __name__ == "__main__":
    main()
