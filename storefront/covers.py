"""A cover drawn out of a game's facts: the colour from its number, its first letter, a meeple for each player."""

from markupsafe import Markup, escape

MOST_MEEPLES = 8


def cover(game_id: int, title: str, *, players: int | None, spoken_of: bool = True) -> Markup:
    """The drawing as SVG. `spoken_of` names the game to who can't see; on a card the title stands beside it anyway."""
    hue = game_id * 47 % 360
    other = (hue + 150 + game_id % 60) % 360
    named = f'role="img" aria-label="{escape(title)}"' if spoken_of else 'aria-hidden="true"'
    return Markup(  # noqa: S704  # numbers of ours and escaped texts
        f'<svg viewBox="0 0 400 300" {named} preserveAspectRatio="xMidYMid slice">'
        f'<rect width="400" height="300" fill="hsl({hue} 34% 27%)"/>'
        f"{_circles(game_id, hue, other)}{_letter(title)}{_meeples(players, other)}</svg>"
    )


def _circles(game_id: int, hue: int, other: int) -> str:
    return "".join(
        f'<circle cx="{game_id * (37 + n * 61) % 400}" cy="{game_id * (53 + n * 29) % 300}" '
        f'r="{60 + game_id * (n + 3) % 60}" '
        f'fill="hsl({other if n % 2 else hue} 46% {48 if n % 2 else 36}%)" opacity=".{3 + n}"/>'
        for n in range(4)
    )


def _letter(title: str) -> str:
    size = 96 if len(title) > 1 else 120
    return (
        f'<text x="24" y="172" font-size="{size}" font-weight="800" fill="#fff" font-family="system-ui,sans-serif">'
        f"{escape(title[:1].upper())}</text>"
    )


def _meeples(players: int | None, hue: int) -> str:
    return "".join(
        f'<use href="#meeple" x="{20 + n * 30}" y="246" width="30" height="30" fill="hsl({hue} 62% 68%)"/>'
        for n in range(min(players or 0, MOST_MEEPLES))
    )
