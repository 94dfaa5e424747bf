"""The whole site in one file: database and files as they were at one moment, put back on an empty machine."""
