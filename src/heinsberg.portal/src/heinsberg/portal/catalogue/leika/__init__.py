"""The shared service catalogue (LeiKa and OZG) of all municipalities, as lean rows."""
