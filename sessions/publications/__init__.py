"""Publications: presentations and texts of several years as one book, on the web and on paper."""
