"""Roles that small businesses hand over, and the kinds of business that they are found in, as files."""
