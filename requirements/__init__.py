"""The locked packages, what makes the locks (lock.py) and what installs them (install.py)."""
