"""What was: the stock on a day, and who did what."""
