"""What the shop sells: games, their editions, publishers, categories, mechanics, prices and finding them."""
