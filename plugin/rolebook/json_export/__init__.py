"""The handbook as data: `rolebook.json` for the owner's own programs, with its JSON Schema beside it."""
