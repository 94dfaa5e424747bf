"""Badges: who gets one, what stands on it, and how it is printed."""
