"""The business itself: what the shop sells, how many copies it has and who did what; no HTTP, no screens, no environment."""
