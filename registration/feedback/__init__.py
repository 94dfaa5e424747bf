"""Short feedback after a session and after the edition: asked of those who were there, kept without them."""
