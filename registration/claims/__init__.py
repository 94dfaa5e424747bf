"""How a registration comes to somebody else: handed over, or made for a colleague who takes it over by a link."""
