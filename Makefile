# Everything there is to do with this project, one word each. `make` alone lists them.
# Each says what it is doing while it works; none needs anything but Python 3.11 and make beforehand.

PYTHON ?= $(firstword $(foreach name,python3.11 python3.12 python3.13 python3,$(if $(shell command -v $(name)),$(name))))
PORT ?= 8000
ONLY ?=
SEED ?=

.DEFAULT_GOAL := help
.PHONY: help env demo demo-reset test check format docs pictures bench faults faults-long lock wheel clean

help: ## what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

env: ## build .venv, with the counterpart command in it, and the front end
	@$(PYTHON) tools/environment.py

demo: env ## run it with made-up people: make demo PORT=8123; Ctrl-C stops it; a second run keeps what was entered
	@.venv/bin/counterpart demo --port $(PORT)

demo-reset: env ## the same, after throwing away what was entered
	@.venv/bin/counterpart demo --port $(PORT) --reset

test: env ## run every test, on SQLite and on PostgreSQL, with a real browser
	@.venv/bin/python -m tools.test

check: env ## formatting, lint, types, imports, templates, migrations, and what must not be in a commit
	@.venv/bin/python -m tools.check

format: env ## put the formatting right
	@.venv/bin/python -m tools.check --mend

docs: env ## write the pages that are made from the policies, the checker and the policy language
	@.venv/bin/python -m tools.policy_docs

pictures: env ## take the README's pictures anew, by clicking through a whole case
	@COUNTERPART_TEST_PICTURES=build/pictures .venv/bin/python -m pytest -q tests/browser/test_whole_case.py
	@for shown in docs/pictures/*.png; do cp build/pictures/$${shown##*/} docs/pictures/; done # of all it took, those shown

bench: ## measure, beside a peer or a limit: make bench ONLY=name for one
	@$(MAKE) --no-print-directory env >&2 # what is printed are the figures, one JSON line each
	@.venv/bin/python -m bench $(ONLY)

faults: ## kill workers and web, take the mail away, set the clock back: make faults SEED=7 to repeat a run
	@$(MAKE) --no-print-directory env >&2 # what is printed are the outcomes, one JSON line each
	@.venv/bin/python -m faults --kills 80 $(if $(SEED),--seed $(SEED))

faults-long: ## the same with more than 500 kills
	@$(MAKE) --no-print-directory env >&2
	@.venv/bin/python -m faults --kills 560 $(if $(SEED),--seed $(SEED))

lock: env ## pin every package anew, with the hash of each file
	@.venv/bin/python -m tools.lock

wheel: env ## build what people install, with the front end in it
	@.venv/bin/python -m tools.wheel

clean: ## throw away what was built; the demonstration in var/ is kept
	@echo "- Removing .venv, node_modules, build, caches and the built front end"
	@rm -rf .venv node_modules build dist src/counterpart/web/static src/counterpart/pack/fonts src/*.egg-info
	@rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
