"""The business itself: what is sold, how many copies there are, who did what; no HTTP, no screens, no environment."""
