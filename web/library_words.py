"""Our Ukrainian for the words of WTForms and Flask-Admin, whose own has mistakes (translations/uk: wtforms, admin)."""

from typing import Any

import flask_admin.babel as admin_words
from flask import Flask
from flask_admin import translations as admin_translations
from wtforms.i18n import messages_path


def forms_speak_ukrainian(app: Flask, form: Any) -> None:
    """Put our catalogues after the libraries' own: the later one wins.

    Both attributes are private to Flask-Admin (its public `translations_path` can add a text but not correct one);
    tests/web/test_library_words.py notices when they go.
    """
    ours = f"{app.root_path}/translations"
    admin_words.domain._translation_directories = [admin_translations.__path__[0], ours]
    admin_words.wtforms_domain._translation_directories = [messages_path(), ours]
    words = admin_words.Translations()
    form.Meta.get_translations = lambda _meta, _form: words
