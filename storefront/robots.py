"""What searchers may read."""

from flask import Response

from storefront.site import pages


@pages.get("/robots.txt")
def robots() -> Response:
    """All but the staff's pages."""
    return Response("User-agent: *\nDisallow: /admin/\nDisallow: /auth/\n", mimetype="text/plain")
