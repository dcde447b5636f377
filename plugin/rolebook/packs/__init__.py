"""What may leave the company: documents composed from what their audience may see."""
