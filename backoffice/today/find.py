"""One field that finds anything: by words, SKU or barcode; and what the forms ask while one types or scans."""

from typing import Any

from flask import jsonify, redirect, request
from flask_admin import expose
from flask_babel import gettext
from werkzeug.wrappers import Response

from backoffice.base import Guarded, now, number_in, sees
from shop.accounts.rules import Permission
from shop.catalog.operations.codes import attach_code, detach_code
from shop.catalog.queries.editions import edition_with_code
from shop.catalog.rules.codes import clean_code, code_kind
from shop.db import in_transaction
from shop.errors import N_
from shop.pages.find import line_of, line_with_code, lines_found
from shop.stock.queries.levels import editions_found
from web.accounts import current_actor
from web.formats import money
from web.labels import label


class Find(Guarded):
    """Search over the whole backoffice."""

    in_menu = False
    title = N_("Find")
    permissions = {
        "index": Permission.CATALOG_READ,
        "code": Permission.CATALOG_READ,
        "editions": Permission.CATALOG_READ,
        "attach": Permission.CATALOG_WRITE,
        "detach": Permission.CATALOG_WRITE,
    }

    @expose("/")
    def index(self) -> Response | str:
        """What is found; a scanned code leads straight to its edition."""
        text = request.args.get("q", "").strip()[:100]
        edition = edition_with_code(text) if text else None
        if edition is not None:
            return redirect(self.get_url("why.index", edition_id=edition.id), 303)
        found = editions_found(text, limit=30, hidden=True) if text else []
        return str(self.render("backoffice/today/find.html", found=found, text=text))

    @expose("/code/")
    def code(self) -> tuple[Response, int]:
        """The edition that a code names, for a line of a form; 404 says what can be done with an unknown one."""
        text = request.args.get("q", "").strip()[:100]
        found = line_with_code(text)
        if found is not None:
            return jsonify(_line(found)), 200
        code = clean_code(text)
        told = gettext("Nothing here has the code %(code)s.", code=text)
        return jsonify(detail=told, code=code if code_kind(code) else ""), 404

    @expose("/editions/")
    def editions(self) -> Response:
        """Editions whose game's words begin with what was typed; at most twenty."""
        found = lines_found(request.args.get("q", "").strip()[:100], limit=20)
        return jsonify([_line(each) for each in found])

    @expose("/attach/", methods=("POST",))
    def attach(self) -> Response:
        """Give an edition the code that was scanned and that nothing had."""
        edition_id = number_in(request.form.get("edition_id", "")) or 0
        code, actor, at = request.form.get("code", ""), current_actor(), now()
        in_transaction(lambda: attach_code(edition_id, code, actor=actor, at=at))
        return jsonify(_line(line_of(edition_id)))

    @expose("/detach/", methods=("POST",))
    def detach(self) -> Response:
        """Take a code away that was attached by mistake."""
        edition_id = number_in(request.form.get("edition_id", "")) or 0
        code, actor, at = request.form.get("code", ""), current_actor(), now()
        in_transaction(lambda: detach_code(edition_id, code, actor=actor, at=at))
        return jsonify(code=clean_code(code))


def _line(found: Any) -> dict[str, object]:
    note = f"{found.sku} · {label(found.language)}, {label(found.condition)} · {money(found.price)}"
    line = {"id": found.id, "text": found.title, "note": note, "sku": found.sku, "on_hand": int(found.on_hand)}
    return line | ({"cost": str(found.cost)} if found.cost is not None and sees("unit_cost") else {})
