"""The log of places, played again: where it ends, and whether that is how things stand."""
