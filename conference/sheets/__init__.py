"""Tables as files that leave the house: CSV and XLSX that run nothing, and the lists of the admin as such."""
