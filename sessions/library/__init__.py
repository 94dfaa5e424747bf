"""The library: everything that conferences left behind, found again, cited and taken home."""
