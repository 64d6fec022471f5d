"""Changing many prices at once: choose, see every old → new, apply, and undo the whole batch."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import uuid4

from flask import flash, redirect, request
from flask_admin import expose
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import SelectField, StringField

from backoffice.base import Guarded, now, number_in
from backoffice.fields import Required
from backoffice.forms import ReasonForm
from shop.accounts.rules import Permission
from shop.catalog.models import Category, Edition
from shop.catalog.operations.pricing import reprice, undo_batch
from shop.catalog.queries.prices import batch_page, latest_batches, previewed_prices, prices_in
from shop.catalog.queries.publishers import publishers_named
from shop.catalog.queries.vocabulary import all_words
from shop.catalog.rules.prices import PERCENT_WRONG, Rounding, can_change_by, parse_money
from shop.catalog.rules.wishes import Wish
from shop.errors import N_
from web.accounts import current_actor
from web.labels import choices


def _publishers() -> list[tuple[str, str]]:
    return [("", gettext("any")), *((str(each.id), each.name) for each in publishers_named("", limit=2000))]


def _categories() -> list[tuple[str, str]]:
    return [("", gettext("any")), *((each.slug, each.name) for each in all_words(Category))]


class RepriceForm(FlaskForm):
    """Which prices, by how much, rounded how, and why."""

    publisher = SelectField(_l("Publisher"), choices=_publishers)
    category = SelectField(_l("Category"), choices=_categories)
    percent = StringField(_l("Change, %"), [Required()], description=_l("7 raises, −5 lowers."))
    rounding = SelectField(_l("Round"), choices=lambda: choices(Rounding), default=Rounding.NINE)
    reason = StringField(_l("Reason"), [Required()], description=_l("It stays in the history of each price."))

    def change(self) -> Decimal | None:
        """The per cent as a number; None when it can't be read."""
        text = (self.percent.data or "").strip().replace("−", "-").removesuffix("%").strip()
        amount = parse_money(text.removeprefix("-").removeprefix("+"))
        return -amount if amount and text.startswith("-") else amount

    def asked(self) -> str:
        """All that decides which prices change and how, as one text to compare."""
        chosen = (self.publisher, self.category, self.percent, self.rounding)
        return "|".join(str(field.data or "").strip() for field in chosen)

    def wanted(self) -> Wish:
        """The games whose editions change."""
        publisher_id = int(self.publisher.data) if self.publisher.data else None
        return Wish(publisher_id=publisher_id, category=self.category.data or "")


class Prices(Guarded):
    """Many prices at once."""

    category = N_("Catalogue")
    icon = "catalog"
    quick = True
    title = N_("Change prices")
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
        return str(self.render(template, form=form, preview=preview, key=key, batches=batches))

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
    if not form.publisher.data and not form.category.data:
        form.publisher.errors = [gettext("Choose a publisher or a category.")]
        return []
    preview = previewed_prices(form.wanted(), percent=percent, rounding=rounding)
    if not preview:
        form.form_errors.append(gettext("No price would change."))
    return preview


def _seen_prices() -> dict[int, Decimal]:
    """{edition: price} out of the preview's `seen` fields; a row that was unticked isn't sent."""
    prices: dict[int, Decimal] = {}
    for value in request.form.getlist("seen"):
        edition, _, price = value.partition(":")
        edition_id, amount = number_in(edition), parse_money(price)
        if edition_id is not None and amount is not None:
            prices[edition_id] = amount
    return prices
