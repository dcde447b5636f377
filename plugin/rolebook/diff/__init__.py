"""Compares two states of an organisation (`compare`, `model`), and writes what changed (`formats`)."""
