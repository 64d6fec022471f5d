"""Reading the catalogue: finding games, lists for the staff, pages for the public."""
