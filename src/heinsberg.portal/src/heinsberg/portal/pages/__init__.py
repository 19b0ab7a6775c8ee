"""Pages that show several rooms: entrance, home, sign-in, errors, sitemap; and the frame of all."""
