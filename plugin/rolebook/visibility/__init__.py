"""What an audience may see of an organisation: composed from what is allowed, never by removing."""
