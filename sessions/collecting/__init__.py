"""Slides are collected: which session still owes some, who is asked for them, and by which address they come."""
