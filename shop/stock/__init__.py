"""How many copies, where, and why that changed: locations, levels, documents and movements."""
