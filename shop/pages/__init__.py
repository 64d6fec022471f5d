"""Reads across the domains, one module a page."""
