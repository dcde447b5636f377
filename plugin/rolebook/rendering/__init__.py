"""Fills the templates: from a page's values to its text."""
