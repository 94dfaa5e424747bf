"""Lists of people from a sheet: columns chosen, looked at before, stored whole or not at all, twice the same as once."""
