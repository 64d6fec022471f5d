"""Pure functions of the catalogue: no database, no Flask."""
