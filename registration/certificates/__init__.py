"""Certificates: who was there long enough, what the paper says, how anyone can check it, and how it is taken back."""
