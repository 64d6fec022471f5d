"""The deeds of the stock; each writes one document with its movements, or nothing."""
