"""What holds on every public page, in a real browser."""
