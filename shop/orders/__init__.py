"""Orders: carts, what is placed from them or by telephone, and how an order goes on until its copies have left."""
