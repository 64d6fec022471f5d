"""All tables of the shop, imported together so that the metadata is whole."""

from shop import once, versions
from shop.accounts import models as accounts
from shop.audit import models as audit
from shop.catalog import models as catalog
from shop.orders import models as orders
from shop.outbox import models as outbox
from shop.stock import models as stock

ALL = (accounts, audit, catalog, once, orders, outbox, stock, versions)
