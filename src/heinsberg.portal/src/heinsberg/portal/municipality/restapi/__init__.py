"""REST services of the room."""
