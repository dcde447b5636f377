"""What each kind of page shows: plain values for its template."""
