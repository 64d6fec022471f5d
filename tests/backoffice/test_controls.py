"""Fields of forms as HTML."""

from wtforms import FieldList, Form, FormField, SelectField, StringField, TextAreaField

from backoffice.controls import control, marked
from backoffice.fields import Required


class Words(Form):
    name = StringField(validators=[Required()], render_kw={"inputmode": "numeric", "disabled": True})
    kind = SelectField(choices=[("a", "<А>"), ("b", "Б")])
    text = TextAreaField()


def test_a_text_is_escaped_and_its_refusal_is_said_to_who_cannot_see() -> None:
    form = Words(data={"name": '"><script>'})
    drawn = control(form.name)
    assert drawn.startswith('<input id="name" name="name" type="text" value="&#34;&gt;&lt;script&gt;" required')
    assert " disabled" in drawn
    form.name.errors = ["ні"]
    assert 'aria-invalid="true" aria-describedby="name-error"' in control(form.name)


def test_a_select_shows_what_is_chosen() -> None:
    drawn = control(Words(data={"kind": "b"}).kind)
    assert '<option value="a">&lt;А&gt;</option><option selected value="b">Б</option>' in drawn


def test_other_fields_are_drawn_by_their_widgets() -> None:
    assert control(Words(data={"text": "а<б"}).text).startswith("<textarea")


def test_what_is_refused_is_gathered_from_rows_too() -> None:
    class Rows(Form):
        name = StringField(validators=[Required()])
        rows = FieldList(FormField(Words), min_entries=2)

    form = Rows(data={"name": "А"})
    form.rows[1].form["text"].errors = ["ні"]
    assert [field.id for field in marked(form)] == ["rows-1-text"]
