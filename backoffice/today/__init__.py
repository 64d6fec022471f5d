"""What waits today, and finding anything."""
