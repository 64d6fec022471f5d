"""What must happen after the commit: letters, webhooks, indexing; written in the transaction of the deed itself."""
