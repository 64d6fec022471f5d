"""The backoffice as one site."""

from flask import Flask


def test_every_screen_names_a_permission_for_each_of_its_addresses(app: Flask) -> None:
    views = app.extensions["admin"][0]._views
    assert len(views) == 22
    for view in views:
        rules = [each.endpoint for each in app.url_map.iter_rules() if each.endpoint.startswith(f"{view.endpoint}.")]
        names = {endpoint.partition(".")[2] for endpoint in rules}
        assert names - {"static"} <= set(view.permissions)
        assert view.title
