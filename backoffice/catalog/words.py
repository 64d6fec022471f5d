"""What the reference lists share: a list whose rows are edited in a dialog over it."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField

from backoffice.fields import Required
from backoffice.forms import RowForm
from backoffice.tables import Table
from shop.accounts.rules import Permission
from shop.catalog.queries.vocabulary import row_by_id
from shop.errors import N_


class NameForm(RowForm):
    """The name of a publisher."""

    name = StringField(_l("Name"), [Required()])
    sure = HiddenField()


class Words(Table):
    """A reference list."""

    category = N_("Catalogue")
    icon = "catalog"
    quick = True
    permissions = {
        "index_view": Permission.CATALOG_READ,
        "create_view": Permission.CATALOG_WRITE,
        "edit_view": Permission.CATALOG_READ,
        "POST edit_view": Permission.CATALOG_WRITE,
        "delete_view": Permission.CATALOG_WRITE,
        "lookup": Permission.CATALOG_READ,
    }
    create_modal = edit_modal = True
    list_template = "backoffice/catalog/words.html"
    row_template = "backoffice/catalog/words_rows.html"
    create_template = edit_template = "backoffice/catalog/word.html"
    create_modal_template = edit_modal_template = "backoffice/catalog/dialog.html"
    searches = N_("Name")
    page_size = 50
    form_class: type[Any] = NameForm
    games_filter = ""

    def row(self, row_id: int) -> Any:
        """One of them."""
        return row_by_id(self.model, row_id)
