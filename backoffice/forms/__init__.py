"""The forms of the screens: what was typed, turned into the facts that the shop's operations take."""
