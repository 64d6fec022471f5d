"""What the interfaces share and the shop doesn't know: languages, formats, headers, signing in, health, log lines."""
