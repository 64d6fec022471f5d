"""The forms of a page as a browser would send them: hidden fields, chosen options, ticked boxes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser

Fields = list[tuple[str, str]]
_TYPES_NOT_SENT = {"submit", "button", "reset", "file", "image"}


@dataclass
class PageForm:
    """One form. `action` is as the page has it; empty means the page's own address. Buttons may lead elsewhere."""

    action: str
    method: str
    fields: Fields = field(default_factory=list)
    buttons_lead_to: list[str] = field(default_factory=list)

    def filled(self, **values: str | Iterable[str]) -> Fields:
        """Its fields with some typed anew; a sequence gives a field several times."""
        kept = [(name, value) for name, value in self.fields if name not in values]
        for name, value in values.items():
            kept += [(name, value)] if isinstance(value, str) else [(name, each) for each in value]
        return kept

    @property
    def names(self) -> set[str]:
        """What its fields are called."""
        return {name for name, _ in self.fields}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self._by_id: dict[str, PageForm] = {}
        self._form: PageForm | None = None
        self._select: tuple[PageForm, str] | None = None
        self._options: list[tuple[str, bool]] = []
        self._many = False
        self._text: tuple[PageForm, str] | None = None
        self._typed = ""
        self._in_template = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "template":
            self._in_template += 1
        if self._in_template:
            return
        if tag == "form":
            self._form = PageForm(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self._form)
            self._by_id[given.get("id", "")] = self._form
            return
        owner = self._by_id.get(given["form"]) if "form" in given else self._form
        name = given.get("name", "")
        if owner is not None and given.get("formaction"):
            owner.buttons_lead_to.append(given["formaction"])
        if tag == "option" and self._select:
            self._options.append((given.get("value", ""), "selected" in given))
        if owner is None or not name:
            return
        if tag == "select":
            self._select, self._options, self._many = (owner, name), [], "multiple" in given
        elif tag == "textarea":
            self._text, self._typed = (owner, name), ""
        elif tag == "input" and given.get("type", "text") not in _TYPES_NOT_SENT:
            box = given.get("type") in ("checkbox", "radio")
            if not box or "checked" in given:
                owner.fields.append((name, given.get("value", "on" if box else "")))

    def handle_data(self, data: str) -> None:
        self._typed += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "template":
            self._in_template -= 1
        elif tag == "form":
            self._form = None
        elif tag == "select" and self._select:
            form, name = self._select
            chosen = [value for value, selected in self._options if selected]
            if not chosen and self._options and not self._many:
                chosen = [self._options[0][0]]
            form.fields += [(name, value) for value in chosen]
            self._select = None
        elif tag == "textarea" and self._text:
            form, name = self._text
            form.fields.append((name, self._typed.removeprefix("\n")))
            self._text = None


def forms_of(page: str) -> list[PageForm]:
    """The forms of a page, in its order; what stands in a <template> is left out."""
    reader = _Reader()
    reader.feed(page)
    return reader.forms


def form_with(page: str, *names: str) -> PageForm:
    """The page's form that has all these fields."""
    for form in forms_of(page):
        if set(names) <= form.names:
            return form
    raise AssertionError(f"no form with {names}: {[sorted(form.names) for form in forms_of(page)]}")
