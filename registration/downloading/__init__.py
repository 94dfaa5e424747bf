"""A version of a presentation as an answer: whole or in part, from us or from the proxy."""
