"""Who did what, when, old → new: entries are written in the transaction of the deed and never change."""
