"""The pages of a handbook: which there are (`plan`) and what stands on them (`render`, `templates`)."""
