"""Every test of the project. `conftest` says how the databases and the browser are set up."""
