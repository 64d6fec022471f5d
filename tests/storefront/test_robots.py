"""What searchers may read."""

from tests.clients import Browser


def test_searchers_stay_away_from_the_staffs_pages(shopper: Browser) -> None:
    answer = shopper.get("/robots.txt")
    assert answer.mimetype == "text/plain"
    assert "Disallow: /admin/\nDisallow: /auth/" in answer.text
