"""Exports the organisation for other programs, and the handbook for other generators."""
