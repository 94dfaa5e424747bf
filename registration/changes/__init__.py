"""What people change in their own registration, and until when."""
