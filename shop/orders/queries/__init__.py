"""What is read of carts and orders."""
