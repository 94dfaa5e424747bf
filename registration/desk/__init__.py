"""The desk: who comes, at the door and in rooms, from several devices at once and through a lost network."""
