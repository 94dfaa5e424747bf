"""An edition in numbers that name nobody: what may be shown, and how it is drawn."""
