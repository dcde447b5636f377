"""Documents composed from what their audience may see: what may leave the company, and leaving lists."""

FORMS = ("html", "pdf", "md", "txt")
"""What a document can become, by the ending of its file."""
