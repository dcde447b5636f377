"""Rolebook: plain role files in git become an organisation's handbook."""
