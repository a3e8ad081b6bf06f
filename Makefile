# The two commands are `make study` and `make test`; everything else is for those who work on the project.
.DEFAULT_GOAL := help
UV_VERSION := 0.13.9
UV := .tools/bin/uv
RUN := .venv/bin
SETUP := .venv/.ready
ALL_CORES := -n logical --dist loadfile --no-loadscope-reorder
export UV_PROJECT_ENVIRONMENT := .venv
unexport PYTHONDONTWRITEBYTECODE  # where it is set each process would compile all modules anew

.PHONY: help setup study test lint check lab notebooks validate environment bench clean

help: ## what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(SETUP) ## install everything that is needed into .venv, from the lock

$(SETUP): pyproject.toml uv.lock
	@test -d .tools/uv-$(UV_VERSION).dist-info || python3 -m pip install --quiet --disable-pip-version-check --target .tools --upgrade uv==$(UV_VERSION)
	$(UV) sync --frozen --quiet --compile-bytecode
	@touch $@

study: $(SETUP) ## run the shipped studies and say where the reports lie
	$(RUN)/samestory run data/specimen data/almaty-2016

test: $(SETUP) lint ## all tests, and the notebooks under nbval
	OMP_NUM_THREADS=1 $(RUN)/pytest $(ALL_CORES)  # a worker has a core, and needs no threads for more
	$(RUN)/python -c 'import samestory; samestory.open_study("data/specimen").annotations()'  # once for all notebooks
	$(RUN)/pytest $(ALL_CORES) --nbval --nbval-current-env --nbval-cell-timeout=120 notebooks

lint: $(SETUP) ## style and types
	$(RUN)/ruff check .
	$(RUN)/ruff format --check .
	$(RUN)/mypy

lab: $(SETUP) ## open JupyterLab on the start notebook
	JUPYTER_CONFIG_PATH=.ci/jupyter $(RUN)/jupyter lab --notebook-dir=. notebooks/0_start.ipynb

notebooks: $(SETUP) ## execute the committed notebooks anew, on the specimen
	$(RUN)/jupyter nbconvert --to notebook --execute --inplace notebooks/*.ipynb
	$(RUN)/python .ci/tidy_notebooks.py

validate: $(SETUP) ## score the measures against gold and keep the scores
	$(RUN)/samestory validate --out data/validation.csv
	$(RUN)/python .ci/readme.py

environment: $(SETUP) ## write environment.yml from pyproject.toml
	$(RUN)/python .ci/environment.py > environment.yml

bench: $(SETUP) ## speed as ratios in one run; how far intervals and tests keep their promises
	$(RUN)/python benchmarks/engines.py
	$(RUN)/python benchmarks/reuse.py
	$(RUN)/python benchmarks/kernels.py data/specimen
	$(RUN)/python benchmarks/inference.py

clean: ## remove what was made, results included
	rm -rf .venv .tools results .mypy_cache .ruff_cache .pytest_cache .hypothesis
