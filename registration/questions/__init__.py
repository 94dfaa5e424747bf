"""What organisers ask whoever registers: the questions, their fields in forms, and the answers in words."""
