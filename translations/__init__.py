"""The words of the interface: gettext catalogues, and the tool that updates, checks and compiles them."""
