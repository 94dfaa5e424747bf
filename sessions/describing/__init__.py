"""What a presentation is about and for whom: suggested from its session and its text, and filled in at once."""
