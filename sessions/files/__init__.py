"""Uploaded documents: what they really are, whether they are safe, and what they are called.

Pure modules without models. `checks.check_upload` decides, `scanner.scan` asks a virus scanner,
`names` cleans file names, `documents` makes the demonstration's own files.
"""
