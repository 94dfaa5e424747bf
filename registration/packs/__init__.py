"""Many presentations as one ZIP: whose they are, what may be in it, and its bytes while they are sent."""
