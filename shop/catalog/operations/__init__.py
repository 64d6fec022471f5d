"""The deeds of the catalogue, one module per kind of deed."""
