"""What is done to editions that were ticked in a list, whichever list it was: new prices, labels."""

from collections.abc import Sequence
from uuid import uuid4

from backoffice.base import Guarded
from backoffice.repricing import RepriceForm
from shop.catalog.queries.editions import labelled_editions
from shop.catalog.rules.bars import bars, runs
from shop.catalog.rules.editions import is_ean13


def reprice_page(view: Guarded, edition_ids: Sequence[int]) -> str:
    """The form that asks by how much the prices of some editions change; it leads on to the preview."""
    form = RepriceForm(formdata=None)
    form.editions.data = ",".join(map(str, edition_ids))
    key = str(uuid4())
    return str(view.render("backoffice/catalog/prices.html", form=form, preview=[], told=None, key=key, batches=[]))


def labels_page(view: Guarded, edition_ids: Sequence[int]) -> str:
    """Labels for the shelf, one for each edition on sale: title, price and barcode."""
    shown = {"editions": labelled_editions(edition_ids), "back": view.back()}
    return str(view.render("backoffice/catalog/labels.html", **shown, bars=bars, runs=runs, is_ean13=is_ean13))
