"""What can be known exactly without running anything."""
