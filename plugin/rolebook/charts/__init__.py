"""Org charts: `model` says what a chart shows, `mermaid` writes it for Mermaid, `svg` draws it."""
