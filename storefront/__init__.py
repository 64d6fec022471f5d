"""What the public sees: a slim blueprint of pages, complete without JavaScript, that touches no session."""

from flask import Flask

from storefront import catalogue, game, robots  # noqa: F401  # each adds its pages to the blueprint
from storefront.site import pages


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(pages)
    if not app.config["SELLER"].name and not app.config["DEMO"]:
        app.logger.warning("SELLER_NAME is empty: law 675-VIII, art. 7 wants the seller's details on the site")
