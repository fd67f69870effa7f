"""What many runs answer: estimates with their intervals, and one doctrine against another."""
