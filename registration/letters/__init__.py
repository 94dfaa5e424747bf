"""Letters: what organisers write to many people of an edition, once by hand or at a moment of the edition."""
