"""What may leave the company: documents composed from what their audience may see."""

FORMS = ("html", "pdf", "md", "txt")
"""What a document can become, by the ending of its file."""
