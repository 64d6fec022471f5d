"""Games, prices and the reference lists."""
