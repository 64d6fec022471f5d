"""Reading the stock: why a number is what it is, what there was on a date, what waits."""
