"""What stands on every page: sidebar, settings, notices, the library's actions."""
