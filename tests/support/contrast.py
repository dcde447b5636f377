"""Contrast as WCAG 2 reckons it."""

from collections.abc import Sequence

Colour = Sequence[float]
"""Red, green and blue, each from 0 to 1."""


def contrast(one: Colour, other: Colour) -> float:
    """From 1, the same, to 21, black and white (WCAG 2, relative luminance and contrast ratio)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: Colour) -> float:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def over(colour: Colour, share: float, ground: Colour) -> list[float]:
    """`colour`, covering as much as `share` says, on `ground`."""
    return [share * part + (1 - share) * below for part, below in zip(colour, ground, strict=True)]
