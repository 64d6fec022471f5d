"""What a form remembers of others comes back as it was written."""

from backoffice.meetings import Both, Meeting, read_meeting, read_texts, written

AT = "2027-03-01T12:00:00+00:00"


def test_what_was_written_is_read_again() -> None:
    both = Both("Марко", AT, ["а"], ["б"], ["в", "г"], clash=True)
    met = Meeting("Марко", AT, {"title": both, "year": Both("Марко", AT, [], ["2001"], [""], clash=False)}, ["знято"])
    again = read_meeting(written(met))
    assert again == met
    assert (list(again.clashes), again.open) == (["title"], ["title"])
    assert again.when is not None


def test_what_cannot_be_read_counts_as_nothing() -> None:
    for odd in ("", "x", "[]", "1", '{"at": "2027-03-01"}', '{"fields": {"title": {"clash": true}}}', "[" * 9999):
        assert read_meeting(odd) == Meeting()
        assert read_texts(odd) in ({}, {"at": [*"2027-03-01"]}) or odd.startswith('{"fields"')
