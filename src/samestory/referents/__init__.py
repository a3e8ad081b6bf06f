"""Who is who: labels and sources that mean the same, within an article and across the outlets of an event."""
