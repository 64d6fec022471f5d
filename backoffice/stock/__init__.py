"""Copies: where they stand, what moved, and the deeds that move them."""
