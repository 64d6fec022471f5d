"""`python -m translations.catalogues update|check|compile [DOMAIN]`: the catalogues of translations/uk."""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "translations" / "uk" / "LC_MESSAGES"
DOMAINS = ("messages", "admin", "flask_security", "wtforms")
KEYWORDS = {
    "_": None,
    "N_": None,
    "_l": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "lazy_pgettext": ((1, "c"), 2),
    "_p": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "lazy_npgettext": ((1, "c"), 2, 3),
}
"""How the marks of texts are called, in Python and in templates; `c` is the context that tells twins apart."""
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]")


def read(domain: str) -> Catalog:
    """A Ukrainian catalogue."""
    with (FOLDER / f"{domain}.po").open("rb") as file:
        return read_po(file, locale="uk", domain=domain)


def extract(folder: Path = ROOT) -> Catalog:
    """Every marked text of the code and the templates, with its context and what is told to translators."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    template = Catalog(project="Гральна Комора", charset="utf-8")
    found = extract_from_dir(str(folder), methods, options, keywords=KEYWORDS, comment_tags=("Translators:",))
    for name, _, message, comments, context in sorted(found, key=lambda each: (each[0], each[1])):
        template.add(message, None, [(name, 1)], auto_comments=comments, context=context)
    return template


def update() -> None:
    """Bring the catalogue of our own texts up to date; a changed text has to be translated anew."""
    catalogue, template = read("messages"), extract()
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    for message in catalogue:
        message.locations = [(name, 0) for name in dict.fromkeys(name for name, _ in message.locations)]
    with (FOLDER / "messages.po").open("wb") as file:
        write_po(file, catalogue, width=120, sort_output=True, include_lineno=False)


def mistakes() -> Iterator[str]:
    """All that is wrong with the catalogues, a line each."""
    for domain in DOMAINS:
        catalogue = read(domain)
        yield from (f"{domain}: {told}" for message in catalogue if message.id for told in _of_message(message))
        yield from _of_tools(domain)
    ours = {(message.context, message.id) for message in read("messages")}
    for message in extract():
        if (message.context, message.id) not in ours:
            yield f"messages: not in the catalogue: {message.id!r}; run `make translations`"


def _of_message(message: object) -> Iterator[str]:
    plural = isinstance(message.id, tuple)
    sources = message.id if plural else (message.id,)
    forms = message.string if plural else (message.string,)
    if message.fuzzy or not all(forms) or (plural and len(forms) != 3):
        yield f"untranslated or fuzzy: {sources[0]!r}"
        return
    wanted = set(_PLACEHOLDER.findall(sources[-1]))
    for form in forms:
        if set(_PLACEHOLDER.findall(form)) != wanted and "python-format" in message.flags | {"python-format"}:
            yield f"placeholders differ: {sources[0]!r} → {form!r}"


def _of_tools(domain: str) -> Iterator[str]:
    """What msgfmt and i18nspector say, where they are installed (Debian: gettext, i18nspector)."""
    path = str(FOLDER / f"{domain}.po")
    if shutil.which("msgfmt"):
        done = subprocess.run(["msgfmt", "-c", "-o", "/dev/null", path], capture_output=True, text=True, check=False)
        if done.returncode:
            yield f"{domain}: msgfmt: {done.stderr.strip()}"
    if shutil.which("i18nspector"):  # its exit code is 0 even when it finds errors
        done = subprocess.run(["i18nspector", "-l", "uk", path], capture_output=True, text=True, check=False)
        yield from (f"{domain}: {line}" for line in done.stdout.splitlines() if line.startswith("E:"))


def compile_all(domains: Sequence[str] = DOMAINS) -> None:
    """Write the .mo files, each whole or not at all."""
    for domain in domains:
        with tempfile.NamedTemporaryFile(dir=FOLDER, delete=False) as file:
            write_mo(file, read(domain))
        Path(file.name).chmod(0o644)
        Path(file.name).replace(FOLDER / f"{domain}.mo")


def main(deed: str, domains: Sequence[str] = DOMAINS) -> int:
    """Do one deed; 1 when a catalogue has a mistake."""
    if deed == "update":
        update()
    if deed != "compile":
        wrong = list(mistakes())
        print("\n".join(wrong) or "The catalogues are complete and right.")
        if wrong:
            return 1
    compile_all(domains)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "check", sys.argv[2:] or DOMAINS))
