"""The pages of a handbook: their kinds (`kinds`), addresses (`plan`), links and navigation."""
