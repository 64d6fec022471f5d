"""Numbered changes of the schema, one purpose each, and the triggers that every one of them must leave behind."""
