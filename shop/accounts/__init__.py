"""People who sign in: staff, their roles and what each role permits."""
