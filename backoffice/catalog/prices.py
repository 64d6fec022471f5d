"""Changing many prices at once: choose, see every old → new, apply, and undo the whole batch."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import uuid4

from flask import flash, redirect, request
from flask_admin import expose
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from backoffice.base import Guarded, now, number_in, sees
from backoffice.forms import ReasonForm
from backoffice.repricing import RepriceForm
from shop.accounts.rules import Permission
from shop.catalog.models import Edition
from shop.catalog.operations.pricing import reprice, undo_batch
from shop.catalog.queries.prices import batch_page, latest_batches, previewed_prices, prices_in
from shop.catalog.rules.prices import PERCENT_WRONG, Rounding, can_change_by, parse_money
from shop.errors import N_
from web.accounts import current_actor


class Prices(Guarded):
    """Many prices at once."""

    category = N_("Catalogue")
    icon = "catalog"
    quick = True
    title = N_("Repricing")
    permissions = {
        "index": Permission.PRICE_WRITE,
        "apply": Permission.PRICE_WRITE,
        "batch": Permission.CATALOG_READ,
        "undo": Permission.PRICE_WRITE,
    }

    @expose("/", methods=("GET", "POST"))
    def index(self) -> str:
        """Choose; then see every old → new before anything changes."""
        form = RepriceForm()
        return self._page(form, _preview(form) if form.validate_on_submit() else [])

    @expose("/apply/", methods=("POST",))
    def apply(self) -> Response | str:
        """Change the prices that were seen; when anything else was typed since, show what that would change."""
        form = RepriceForm()
        percent = form.change() if form.validate() else None
        if percent is None or form.asked() != request.form.get("previewed"):
            preview = _preview(form) if form.validate() else []
            if preview:
                flash(
                    gettext("What you asked for has changed since the preview. Look at the new prices first."), "warn"
                )
            return self._page(form, preview)
        rounding, seen, actor, at = Rounding(form.rounding.data), _seen_prices(), current_actor(), now()
        reason, key = (form.reason.data or "").strip(), request.form.get("key", "")[:80]
        batch = self.attempt(
            form,
            lambda: reprice(seen, percent=percent, rounding=rounding, reason=reason, key=key, actor=actor, at=at),
        )
        if batch is None:
            return self._page(form, [])
        flash(ngettext("%(num)d price is changed.", "%(num)d prices are changed.", prices_in(batch.id)), "ok")
        return redirect(self.get_url(".batch", batch_id=batch.id), 303)

    def _page(self, form: RepriceForm, preview: Sequence[tuple[Edition, Decimal]]) -> str:
        batches, key = latest_batches(limit=10), str(uuid4())
        template = "backoffice/catalog/prices.html"
        told = _told(preview, with_cost=sees("cost"))
        return str(self.render(template, form=form, preview=preview, told=told, key=key, batches=batches))

    @expose("/batches/<int(max=2147483647):batch_id>/")
    def batch(self, batch_id: int) -> str:
        """What changed together."""
        return str(
            self.render("backoffice/catalog/batch.html", shown=batch_page(batch_id), form=ReasonForm(formdata=None))
        )

    @expose("/batches/<int(max=2147483647):batch_id>/undo/", methods=("POST",))
    def undo(self, batch_id: int) -> Response | str:
        """Put all prices of the batch back."""
        form = ReasonForm()
        if form.validate_on_submit():
            undoing = self.attempt(
                form,
                lambda: undo_batch(
                    batch_id, reason=form.reason.data or "", key=form.key.data or "", actor=current_actor(), at=now()
                ),
            )
            if undoing is not None:
                back = ngettext("%(num)d price is put back.", "%(num)d prices are put back.", prices_in(undoing.id))
                flash(back + " " + gettext("What was changed again since stays."), "ok")
                return redirect(self.get_url(".batch", batch_id=batch_id), 303)
        return str(self.render("backoffice/catalog/batch.html", shown=batch_page(batch_id), form=form))


def _preview(form: RepriceForm) -> list[tuple[Edition, Decimal]]:
    """Every edition whose price would change, with its new price; none when the form is wrong, which it then says."""
    percent, rounding = form.change(), Rounding(form.rounding.data)
    if percent is None or not can_change_by(percent):
        form.percent.errors = [gettext(PERCENT_WRONG)]
        return []
    chosen = form.chosen()
    if not chosen and not form.publisher.data and not form.category.data:
        form.publisher.errors = [gettext("Choose a publisher or a category.")]
        return []
    preview = previewed_prices(form.wanted(), percent=percent, rounding=rounding, only=chosen or None)
    if not preview:
        form.form_errors.append(gettext("No price would change."))
    return preview


@dataclass(frozen=True)
class Told:
    """A preview in a few numbers: its average in per cent, the largest difference, and what would lie below its cost.

    `below_cost` is None for those who may not see costs.
    """

    percent: Decimal
    largest: Decimal
    title: str
    below_cost: int | None


def _told(preview: Sequence[tuple[Edition, Decimal]], *, with_cost: bool) -> Told | None:
    """The preview in a few numbers; None of an empty one."""
    if not preview:
        return None
    were, become = sum(edition.price for edition, _ in preview), sum(new for _, new in preview)
    edition, new = max(preview, key=lambda each: abs(each[1] - each[0].price))
    below = sum(edition.cost is not None and new < edition.cost for edition, new in preview)
    percent = ((become - were) * 100 / were).quantize(Decimal("0.1")) if were else Decimal(0)
    return Told(percent, new - edition.price, edition.game.title, below if with_cost else None)


def _seen_prices() -> dict[int, Decimal]:
    """{edition: price} out of the preview's `seen` fields; a row that was unticked isn't sent."""
    prices: dict[int, Decimal] = {}
    for value in request.form.getlist("seen"):
        edition, _, price = value.partition(":")
        edition_id, amount = number_in(edition), parse_money(price)
        if edition_id is not None and amount is not None:
            prices[edition_id] = amount
    return prices
