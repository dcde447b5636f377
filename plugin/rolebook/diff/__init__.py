"""What changed between two states of an organisation (`compare`), and its forms (`formats`)."""
