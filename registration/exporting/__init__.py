"""Lists that leave the house: chosen columns as CSV or XLSX, each written down with who took what."""
