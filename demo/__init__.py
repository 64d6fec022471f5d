"""A demo catalogue of real games (facts only), its stock and its sign-ins, and the command that loads them."""
