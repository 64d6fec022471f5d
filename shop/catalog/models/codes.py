"""Codes beside an edition's own SKU and barcode: of another printing, of a carton, of a supplier or of the house."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from shop.catalog.rules.codes import LONGEST_CODE
from shop.columns import UtcTime
from shop.db import Base


class EditionCode(Base):
    """One more code by which a scanner finds an edition. Who attached it stands in the audit."""

    __tablename__ = "edition_code"

    code: Mapped[str] = mapped_column(String(LONGEST_CODE), primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    attached_at: Mapped[datetime] = mapped_column(UtcTime)
