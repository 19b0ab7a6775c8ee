"""The frame of every public page: templates, memo, security headers, slots. No domain words."""
