"""Composes what an audience may see of an organisation from what is allowed, never by removing."""
