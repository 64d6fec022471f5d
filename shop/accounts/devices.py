"""What a browser calls itself, in plain words; no database."""

from dataclasses import dataclass

# Edge and Opera say that they are Chrome, and Chrome that it is Safari: the first that fits
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class Device:
    """A browser and the system that it runs on; empty when it doesn't say."""

    browser: str
    system: str


def device_of(user_agent: str) -> Device:
    """What a browser's own description says that it is."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    return Device(browser, next((name for mark, name in SYSTEMS if mark in user_agent), ""))
