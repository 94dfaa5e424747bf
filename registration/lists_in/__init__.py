"""Attendees from a sheet."""
