"""What people see: tables, charts and sentences made from results."""
