"""The deeds of the staff, made ready out of the forms of the pages; one made ready can be sent again and again."""

from typing import NamedTuple

from tests.hostile.page_forms import Fields, form_with, forms_of
from tests.hostile.people import Answer, Person, path_of


class Ready(NamedTuple):
    """A form that is filled in."""

    path: str
    fields: Fields

    def send(self, person: Person) -> Answer:
        """Send it."""
        return person.post(self.path, self.fields)


Lines = list[tuple[int, int, str]]
"""(edition, quantity, cost of one or "") line by line."""


def receipt(person: Person, lines: Lines, *, location: int, reference: str) -> Ready:
    """Copies that arrived."""
    form = form_with(person.get("/admin/receipts/").text, "location_id", "reference")
    fields = form.filled(location_id=str(location), reference=reference, **_lines(lines))
    return Ready("/admin/receipts/", fields + [("unit_cost", cost) for _, _, cost in lines])


def write_off(person: Person, lines: Lines, *, location: int, reason: str) -> Ready:
    """Copies that are gone."""
    form = form_with(person.get("/admin/write-offs/").text, "location_id", "reason")
    return Ready("/admin/write-offs/", form.filled(location_id=str(location), reason=reason, **_lines(lines)))


def transfer(person: Person, lines: Lines, *, source: int, target: int, reason: str) -> Ready:
    """Copies that go elsewhere."""
    form = form_with(person.get("/admin/transfers/").text, "location_id", "to_location_id")
    places = {"location_id": str(source), "to_location_id": str(target)}
    return Ready("/admin/transfers/", form.filled(reason=reason, **places, **_lines(lines)))


def adjustment(person: Person, edition: int, *, location: int, counted: int, reason: str) -> Ready:
    """What was counted on a shelf."""
    path = f"/admin/why/{edition}/{location}/adjust/"
    form = form_with(person.get(path).text, "counted", "reason")
    return Ready(path, form.filled(counted=str(counted), reason=reason))


def undoing(person: Person, page: str, *, reason: str) -> Ready | None:
    """The undoing of a document or of a batch of prices, whose page is given; None when it offers none."""
    for form in forms_of(person.get(page).text):
        if form.action.endswith("/undo/"):
            return Ready(path_of(form.action), form.filled(reason=reason))
    return None


def new_game(person: Person, title: str, *, price: str = "890") -> Ready:
    """A game with one edition."""
    form = form_with(person.get("/admin/games/new/").text, "title", "editions-0-price")
    typed = {"title": title, "editions-0-price": price, "editions-0-cost": "500"}
    return Ready("/admin/games/new/", form.filled(**typed))


def repricing(person: Person, *, publisher: int, percent: str, reason: str) -> Ready | None:
    """The prices of a publisher, as the preview shows them; None when the preview would change nothing."""
    form = form_with(person.get("/admin/prices/").text, "percent", "rounding")
    typed = {"publisher": str(publisher), "percent": percent, "reason": reason, "rounding": "nine"}
    preview = person.post("/admin/prices/", form.filled(**typed))
    for each in forms_of(preview.text):
        if "seen" in each.names:
            return Ready(path_of(each.buttons_lead_to[0]), each.fields)
    return None


def _lines(lines: Lines) -> dict[str, list[str]]:
    return {
        "edition_id": [str(edition) for edition, _, _ in lines],
        "quantity": [str(quantity) for _, quantity, _ in lines],
    }
