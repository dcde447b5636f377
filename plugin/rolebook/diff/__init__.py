"""What changed between two states of an organisation (`compare`, `model`), and its forms (`formats`)."""
