"""What changed between two states of an organisation (`compare`), and how it is told (`told`)."""
