"""Covers drawn out of a game's facts."""

from storefront.covers import cover


def test_a_cover_has_a_meeple_for_each_player_up_to_eight() -> None:
    assert cover(1, "Гра", players=4).count("<use ") == 4
    assert cover(1, "Гра", players=99).count("<use ") == 8
    assert cover(1, "Гра", players=None).count("<use ") == 0


def test_two_games_look_different_and_one_always_the_same() -> None:
    assert cover(1, "Гра", players=4) == cover(1, "Гра", players=4) != cover(2, "Гра", players=4)


def test_a_title_cannot_write_markup_into_it() -> None:
    drawn = cover(1, '"><script>', players=2)
    assert "<script" not in drawn
    assert 'aria-label="&#34;&gt;&lt;script&gt;"' in drawn
    assert ">&lt;</text>" in cover(1, "<b>", players=2, spoken_of=False)


def test_beside_its_title_a_cover_is_not_read_aloud() -> None:
    assert 'aria-hidden="true"' in cover(1, "Гра", players=2, spoken_of=False)
