"""The static files are compressed when the image is built, and reach Nginx's volume at every start."""

import gzip
from pathlib import Path
from threading import Thread

import pytest

from web import static_files


@pytest.fixture
def sources(tmp_path: Path) -> dict[str, Path]:
    """Our files and Flask-Admin's."""
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    (ours / "web").mkdir(parents=True)
    (theirs / "vendor").mkdir(parents=True)
    (ours / "web" / "tokens.css").write_text("body { color: black }\n" * 100)
    (ours / "web" / ".hidden").write_text("not for the public")
    (theirs / "vendor" / "icons.woff2").write_bytes(b"w" * 2000)
    return {"ours": ours, "flask_admins": theirs}


def _image(folder: Path, sources: dict[str, Path], text: str = "") -> Path:
    if text:
        (sources["ours"] / "web" / "tokens.css").write_text(text)
    static_files.gather(folder, **sources)
    return folder


def _css(volume: Path) -> str:
    return (volume / "current" / "static" / "web" / "tokens.css").read_text()


def test_files_lie_by_their_addresses_and_text_is_compressed_too(tmp_path: Path, sources: dict[str, Path]) -> None:
    image = _image(tmp_path / "image", sources)
    css = image / "static" / "web" / "tokens.css"
    packed = css.with_name("tokens.css.gz")
    assert gzip.decompress(packed.read_bytes()) == css.read_bytes()
    assert packed.stat().st_mtime == css.stat().st_mtime
    assert (image / "admin" / "static" / "vendor" / "icons.woff2").is_file()
    assert not list(image.rglob("*.woff2.gz"))
    assert not list(image.rglob(".hidden"))


def test_the_same_files_have_the_same_version_and_others_another(tmp_path: Path, sources: dict[str, Path]) -> None:
    first, again = _image(tmp_path / "first", sources), _image(tmp_path / "again", sources)
    changed = _image(tmp_path / "changed", sources, "body { color: white }\n" * 100)
    versions = [(image / "VERSION").read_text() for image in (first, again, changed)]
    assert versions[0] == versions[1] != versions[2]


def test_an_upgrade_reaches_a_volume_that_is_already_filled(tmp_path: Path, sources: dict[str, Path]) -> None:
    volume = tmp_path / "volume"
    volume.mkdir()
    static_files.publish(_image(tmp_path / "old", sources, "old\n"), volume)
    assert _css(volume) == "old\n"
    static_files.publish(_image(tmp_path / "new", sources, "new\n"), volume)
    assert _css(volume) == "new\n"
    assert len(list(volume.iterdir())) == 2  # the files and the link: nothing old stays


def test_a_restart_leaves_the_files_alone(tmp_path: Path, sources: dict[str, Path]) -> None:
    volume = tmp_path / "volume"
    volume.mkdir()
    image = _image(tmp_path / "image", sources)
    static_files.publish(image, volume)
    before = (volume / "current" / "static" / "web" / "tokens.css").stat()
    static_files.publish(image, volume)
    assert (volume / "current" / "static" / "web" / "tokens.css").stat().st_ino == before.st_ino


def test_a_link_to_files_that_are_gone_is_mended(tmp_path: Path, sources: dict[str, Path]) -> None:
    volume = tmp_path / "volume"
    volume.mkdir()
    image = _image(tmp_path / "image", sources, "text\n")
    (volume / "current").symlink_to((image / "VERSION").read_text())
    static_files.publish(image, volume)
    assert _css(volume) == "text\n"


def test_containers_that_start_together_do_not_disturb_each_other(tmp_path: Path, sources: dict[str, Path]) -> None:
    volume = tmp_path / "volume"
    volume.mkdir()
    image = _image(tmp_path / "image", sources, "text\n")
    failures: list[Exception] = []

    def start() -> None:
        try:
            static_files.publish(image, volume)
        except Exception as error:  # reported below, in the test's own thread
            failures.append(error)

    containers = [Thread(target=start) for _ in range(8)]
    for container in containers:
        container.start()
    for container in containers:
        container.join()
    assert failures == []
    assert _css(volume) == "text\n"
    assert len(list(volume.iterdir())) == 2
