"""Any text -> words for the ear."""
