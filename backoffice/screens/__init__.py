"""The screens of the backoffice, one module each; none knows another."""
