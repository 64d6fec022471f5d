"""Changing many prices at once: choose, see every old → new, apply, and undo the whole batch."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

from flask import flash, redirect, request
from flask_admin import expose
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import SelectField, StringField

from backoffice.base import Guarded, now
from backoffice.fields import Required
from backoffice.forms import ReasonForm
from shop.accounts.rules import Permission
from shop.catalog.models import Category, Edition
from shop.catalog.operations.pricing import reprice, undo_batch
from shop.catalog.queries.prices import batch_page, editions_to_reprice, latest_batches
from shop.catalog.queries.publishers import publishers_named
from shop.catalog.queries.vocabulary import all_words
from shop.catalog.rules.prices import Rounding, parse_money, repriced
from shop.catalog.rules.wishes import Wish
from shop.errors import N_
from web.accounts import current_actor
from web.labels import choices

MOST = 5000


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
        """The per cent as a number from −90 to 300; None when it can't be read."""
        text = (self.percent.data or "").strip().replace("−", "-").removesuffix("%").strip()
        amount = parse_money(text.removeprefix("-").removeprefix("+"))
        if amount is None:
            return None
        signed = -amount if text.startswith("-") else amount
        return signed if -90 <= signed <= 300 and signed != 0 else None

    def wanted(self) -> Wish:
        """The games whose editions change."""
        publisher_id = int(self.publisher.data) if self.publisher.data else None
        return Wish(publisher_id=publisher_id, category=self.category.data or "")


class Prices(Guarded):
    """Many prices at once."""

    section = "catalog"
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
        preview: list[tuple[Edition, Decimal]] = []
        if form.validate_on_submit():
            percent = form.change()
            if percent is None:
                form.percent.errors = [gettext("Write a number from −90 to 300, like 7 or −5.")]
            elif not form.publisher.data and not form.category.data:
                form.publisher.errors = [gettext("Choose a publisher or a category.")]
            else:
                preview = _preview(form, percent)
                if not preview:
                    form.form_errors.append(gettext("No price would change."))
        batches = latest_batches(limit=10)
        return str(
            self.render("backoffice/catalog/prices.html", form=form, preview=preview, key=str(uuid4()), batches=batches)
        )

    @expose("/apply/", methods=("POST",))
    def apply(self) -> Response | str:
        """Set the prices that were seen in the preview."""
        form = RepriceForm()
        prices = _seen_prices()
        batch = None
        if form.validate():
            batch = self.attempt(
                form,
                lambda: reprice(
                    prices,
                    title=request.form.get("title", "")[:200],
                    reason=(form.reason.data or "").strip(),
                    key=request.form.get("key", "")[:64] or str(uuid4()),
                    actor=current_actor(),
                    at=now(),
                ),
            )
        if batch is None:
            return str(
                self.render(
                    "backoffice/catalog/prices.html",
                    form=form,
                    preview=[],
                    key=str(uuid4()),
                    batches=latest_batches(limit=10),
                )
            )
        flash(ngettext("%(num)d price is changed.", "%(num)d prices are changed.", len(prices)), "ok")
        return redirect(self.get_url(".batch", batch_id=batch.id), 303)

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
                flash(gettext("The prices that nobody changed since are as they were before."), "ok")
                return redirect(self.get_url(".batch", batch_id=batch_id), 303)
        return str(self.render("backoffice/catalog/batch.html", shown=batch_page(batch_id), form=form))


def _preview(form: RepriceForm, percent: Decimal) -> list[tuple[Edition, Decimal]]:
    rounding = Rounding(form.rounding.data)
    editions = editions_to_reprice(form.wanted(), limit=MOST)
    changed = [(edition, repriced(edition.price, percent=percent, rounding=rounding)) for edition in editions]
    return [(edition, new) for edition, new in changed if new != edition.price]


def _seen_prices() -> dict[int, tuple[Decimal, Decimal]]:
    """{edition: (old, new)} out of the preview's hidden `change` fields; a row that was unticked isn't sent."""
    prices: dict[int, tuple[Decimal, Decimal]] = {}
    for value in request.form.getlist("change")[:MOST]:
        edition, _, rest = value.partition(":")
        old, _, new = rest.partition(":")
        amounts: list[Any] = [parse_money(old), parse_money(new)]
        if edition.isascii() and edition.isdigit() and len(edition) < 10 and None not in amounts:
            prices[int(edition)] = (amounts[0], amounts[1])
    return prices
