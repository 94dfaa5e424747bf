"""News of the site and of its editions: pages, an Atom feed, what search engines read."""
