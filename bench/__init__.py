"""Side by side measurements; never timed inside tests."""
