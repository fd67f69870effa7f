"""How the model is run: from a scenario to arrays, over threads, into a folder."""
