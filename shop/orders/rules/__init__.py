"""What orders may become, what they cost and how they are numbered; no database."""
