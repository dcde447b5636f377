"""Org charts: what a chart shows (`model`) and how it is written in Mermaid (`mermaid`)."""
