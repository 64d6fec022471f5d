"""What a form remembers of somebody who saved the same thing meanwhile, from one sending to the next."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

MINE, THEIRS = "mine", "theirs"
Texts = list[str]


@dataclass(frozen=True)
class Both:
    """A field that somebody else changed: what it was, what they made of it, and what was typed here.

    `clash` when both changed it; then `picked` is `mine`, `theirs` or not chosen yet.
    """

    who: str
    at: str
    was: Texts
    theirs: Texts
    mine: Texts
    clash: bool
    picked: str = ""

    @property
    def when(self) -> datetime | None:
        """The moment of their change, if it is known."""
        return datetime.fromisoformat(self.at) if self.at else None


@dataclass
class Meeting:
    """Who saved the same thing meanwhile and when, the fields that they changed, and what else they did, in words."""

    who: str = ""
    at: str = ""
    fields: dict[str, Both] = field(default_factory=dict)
    besides: list[str] = field(default_factory=list)

    @property
    def when(self) -> datetime | None:
        """The moment when it was saved, if it is known."""
        return datetime.fromisoformat(self.at) if self.at else None

    @property
    def clashes(self) -> dict[str, Both]:
        """The fields that both changed."""
        return {name: each for name, each in self.fields.items() if each.clash}

    @property
    def open(self) -> list[str]:
        """The fields of which nobody has chosen yet what stays."""
        return [name for name, each in self.clashes.items() if each.picked not in (MINE, THEIRS)]


def written(met: Meeting) -> str:
    """As a hidden field holds it."""
    return json.dumps(asdict(met), ensure_ascii=False)


def read_meeting(text: str) -> Meeting:
    """What a form has kept; what can't be read counts as nothing."""
    try:
        kept: Mapping[str, Any] = json.loads(text) if text else {}
        fields = {name: _read_both(each) for name, each in dict(kept.get("fields", {})).items()}
        besides = [str(each) for each in kept.get("besides", [])]
        return Meeting(str(kept.get("who", "")), _moment(kept.get("at", "")), fields, besides)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Meeting()


def read_texts(text: str) -> dict[str, Texts]:
    """The texts of fields by their keys; what can't be read counts as nothing."""
    try:
        return {str(key): [str(each) for each in texts] for key, texts in json.loads(text or "{}").items()}
    except (ValueError, TypeError, AttributeError, RecursionError):
        return {}


def _read_both(kept: Mapping[str, Any]) -> Both:
    was, theirs, mine = ([str(each) for each in kept[name]] for name in ("was", "theirs", "mine"))
    return Both(str(kept["who"]), _moment(kept["at"]), was, theirs, mine, clash=kept["clash"] is True)


def _moment(text: object) -> str:
    """An aware moment as ISO text, or nothing."""
    moment = datetime.fromisoformat(str(text)) if text else None
    return moment.isoformat() if moment and moment.tzinfo else ""
