"""Pages of people on stage: what everyone sees, and what they do themselves."""
