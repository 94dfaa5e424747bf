"""The demonstration: two conferences on pupil mobility and the eNSPIRED years; all private facts are invented."""
