"""What browsers call themselves, in plain words."""

import pytest

from shop.accounts.devices import Device, device_of

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
)
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("user_agent", "browser", "system"),
    [
        (CHROME, "Chrome", "Windows"),
        (f"{CHROME} Edg/140.0.0.0", "Edge", "Windows"),
        (f"{CHROME} OPR/120.0.0.0", "Opera", "Windows"),
        (f"{IPHONE} Version/18.0 Mobile/15E148 Safari/604.1", "Safari", "iPhone"),
        (f"{IPHONE} CriOS/140.0 Mobile/15E148 Safari/604.1", "Chrome", "iPhone"),
        ("Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0", "Firefox", "Android"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/130.0 Mobile SamsungBrowser/28.0", "Samsung Internet", "Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.0 Safari/605.1.15", "Safari", "macOS"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox", "Linux"),
        ("curl/8.0", "", ""),
        ("", "", ""),
    ],
)
def test_a_browser_is_known_by_what_it_says(user_agent: str, browser: str, system: str) -> None:
    assert device_of(user_agent) == Device(browser, system)
