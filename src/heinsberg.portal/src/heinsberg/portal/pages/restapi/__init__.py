"""REST services over several rooms."""
