"""What was told, and how it holds: claims, their tests, the record, the audit."""
