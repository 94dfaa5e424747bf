"""Who was there: counted by session and hour, and noted by whoever leads a session."""
