"""Rounds of workshops: who may choose how and until when, what the choices give, and why."""
