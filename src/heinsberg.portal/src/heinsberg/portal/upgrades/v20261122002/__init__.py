"""Run the install steps of the rooms again: a room added since finds its store."""
