"""What the script of a deed says while one scans, in the language of the page: one form for each kind of number."""

from collections.abc import Callable

from flask_babel import gettext, ngettext

SAMPLES = {"one": 1, "few": 2, "many": 5}
"""A number of each kind that Ukrainian tells apart, by the names of CLDR; the script puts its own in place of `{n}`."""
Words = dict[str, str | dict[str, str]]


def scan_words(button: Callable[[int], str]) -> Words:
    """The words by name; `button` says the deed with a number of copies. In each counted one `{n}` is the number."""
    return {
        "added": gettext("Added: {title}, {quantity}."),
        "attached": gettext("The code {code} now belongs to “{title}”."),
        "boxes": _counted(lambda n: ngettext("%(num)s box", "%(num)s boxes", n)),
        "checking": gettext("Being checked…"),
        "copies": _counted(lambda n: ngettext("%(num)s copy", "%(num)s copies", n)),
        "count_checking": _counted(
            lambda n: ngettext("%(num)s code is being checked", "%(num)s codes are being checked", n)
        ),
        "count_offline": _counted(
            lambda n: ngettext("%(num)s code waits for the network", "%(num)s codes wait for the network", n)
        ),
        "count_unknown": _counted(
            lambda n: ngettext("%(num)s code is not sorted out", "%(num)s codes are not sorted out", n)
        ),
        "deed": _counted(button),
        "draft": gettext("draft, kept at {time}"),
        "lines": _counted(lambda n: ngettext("%(num)s line", "%(num)s lines", n)),
        "network": gettext("There is no network since {time}. Go on scanning."),
        "quantity": gettext("{title}: {quantity}."),
        "removed": gettext("Removed: {title}."),
        "set_aside": gettext("The box with the code {code} is set aside."),
        "sort_out": _counted(lambda n: ngettext("Sort %(num)s code out", "Sort %(num)s codes out", n)),
        "unknown": gettext("Unknown code {code}."),
        "wait_for_network": gettext("It can be booked when the network is back."),
        "waits": gettext("Waits for the network"),
    }


def _counted(text: Callable[[int], str]) -> dict[str, str]:
    return {kind: text(number).replace(str(number), "{n}", 1) for kind, number in SAMPLES.items()}
