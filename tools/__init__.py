"""Scripts that build, check and test the project; `make` calls them. None of them is installed with it."""
