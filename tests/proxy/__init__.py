"""The site as it stands on a server: nginx from Debian with the configuration of `deploy/`, the web server behind it."""
