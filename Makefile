# Guanxi: `make` prints the targets. Everything is made inside the clone; nothing else is ever needed.
SHELL       := /bin/bash -o pipefail
.DEFAULT_GOAL := help
AS_OF       ?= 2017-12-31
TO          ?= $(AS_OF)
SAMPLE      ?= many_doors

# of the sample that has any: SAMPLE=scale CUSTOMERS=100000 DAYS=365 SEED=1
SIZE        := $(strip $(if $(CUSTOMERS),--customers $(CUSTOMERS)) $(if $(DAYS),--days $(DAYS)) $(if $(SEED),--seed $(SEED)))

# a sample has a landing zone, a lake and keys of its own
GUANXI_LANDING ?= $(CURDIR)/landing/$(SAMPLE)
GUANXI_LAKE    ?= $(CURDIR)/lake/$(SAMPLE)
GUANXI_KEYS    ?= $(CURDIR)/keys/$(SAMPLE)

SPARK_BIN   := $(CURDIR)/.venv/bin
AIRFLOW_BIN := $(CURDIR)/.venv-airflow/bin
UV          := $(CURDIR)/.uv/bin/uv
INSTALL     := $(UV) pip sync --quiet --compile-bytecode --require-hashes
READY       := .venv/.ready .venv-airflow/.ready

# temporary files lie in the clone, in a folder of the command that began it all; jobs/scratch.py sweeps
ifeq ($(filter $(CURDIR)/.tmp/%,$(TMPDIR)),)
TMPDIR      := $(CURDIR)/.tmp/$(shell echo $$PPID)
endif
$(shell mkdir -p $(TMPDIR))

export TMPDIR
export PYTHONPATH := $(CURDIR)
export PYTHONSAFEPATH := 1
unexport PYTHONDONTWRITEBYTECODE
include conf/airflow.env
export

.PHONY: help setup run night backfill landing keys customer audience rotate rekey test test-cluster package lint bench airflow mlflow sql sql-server notebooks datadocs docs table check lock clean retrain convert-models maintain

help: ## print the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1|/' | awk -F'|' '{printf "  make %-14s %s\n", $$1, $$2}'

setup: $(READY) ## make .venv and .venv-airflow from the lock files (the other targets do it by themselves)

run: $(READY) landing keys ## one year of a real retailer, from landing files to BI tables, through Airflow (AS_OF=... SAMPLE=...)
	@$(MAKE) --no-print-directory night

night: $(READY) ## one night through Airflow (AS_OF=2017-12-31)
	@test -d "$$GUANXI_LANDING" || { echo "There is no landing zone. make landing builds the sample's."; exit 2; }
	@conf/airflow-run nightly $(AS_OF)

backfill: $(READY) ## the nights AS_OF to TO through Airflow, one after another, a line a night
	@conf/backfill $(AS_OF) $(TO)

retrain: $(READY) ## train, judge and promote the models, through Airflow (AS_OF=...)
	@conf/airflow-run retrain $(AS_OF)

convert-models: .venv/.ready ## models of before the lake kept their parameters: carried over, or refused with a reason
	@$(SPARK_BIN)/python -m jobs.registry.converting

maintain: $(READY) ## OPTIMIZE, VACUUM and retention, through Airflow (AS_OF=...)
	@conf/airflow-run maintain $(AS_OF)

landing: .venv/.ready ## build a sample's landing zone: landing/many_doors (SAMPLE=complete_journey, or SAMPLE=scale CUSTOMERS=100000 DAYS=365)
	@test -f landing/$(SAMPLE)/.complete || { $(SPARK_BIN)/python -m samples.$(SAMPLE) $(SIZE) && echo "$(SIZE)" > landing/$(SAMPLE)/.complete; }
	@test -z "$(SIZE)" || grep -qxe "$(SIZE)" landing/$(SAMPLE)/.complete || \
	  { echo "landing/$(SAMPLE) is of another size. Remove it and lake/$(SAMPLE) first."; exit 2; }

keys: .venv/.ready ## make the vault's keys where there are none: keys/many_doors
	@$(SPARK_BIN)/python -m jobs.vault.keys

check: .venv/.ready ## how a run would read a file (FILE=export.csv FEED=web_sales); without FEED: a contract to edit
	@$(SPARK_BIN)/python -m jobs.landing.check "$(FILE)" $(FEED)

customer: .venv/.ready ## one customer on the screen: who, which accounts and why, what they are worth (ID=card:49734720)
	@$(SPARK_BIN)/python -m jobs.customer "$(ID)" $(if $(CLEAR),--clear "$(CLEAR)")

audience: .venv/.ready ## who has all of some tags, how many, and why (TAGS="price sensitive, with children" MOST=10 CSV=file.csv); alone: all tags
	@$(SPARK_BIN)/python -m jobs.audience "$(TAGS)" $(if $(MOST),--most $(MOST)) $(if $(CSV),--csv "$(CSV)")

rotate: .venv/.ready ## a new key for the vault: all that it holds is sealed again, the old key is forgotten
	@$(SPARK_BIN)/python -m jobs.vault.rotating

rekey: .venv/.ready ## a new key for the tokens: the lake is made anew from landing, and takes the old one's place
	@$(SPARK_BIN)/python -m jobs.vault.rekeying

test: $(READY) ## every test (TESTS=tests/jobs/test_x.py for some)
	@$(MAKE) --no-print-directory landing SAMPLE=complete_journey
	@$(SPARK_BIN)/python -m pytest $(TESTS)

test-cluster: $(READY) package ## the same tables on a real cluster of this machine: a master, two workers, no checkout
	@$(UV) venv --quiet --clear --python .venv/bin/python .tmp/executors
	@$(INSTALL) --python .tmp/executors requirements/spark.txt
	@GUANXI_EXECUTOR_PYTHON=$(CURDIR)/.tmp/executors/bin/python $(SPARK_BIN)/python -m pytest -m cluster -n0 tests/cluster

package: .venv/.ready ## what travels to executors that have no checkout: dist/guanxi.zip
	@conf/package

lint: $(READY) ## ruff, mypy, import-linter
	@$(SPARK_BIN)/ruff check . && $(SPARK_BIN)/ruff format --check . && $(SPARK_BIN)/mypy && $(SPARK_BIN)/lint-imports

bench: $(READY) landing keys ## measure, and write benchmarks/RESULTS.md
	@$(SPARK_BIN)/python -m benchmarks.run

airflow: $(READY) ## open the real Airflow page with these DAGs: http://127.0.0.1:8099
	@conf/airflow-page

mlflow: .venv/.ready ## open MLflow's page with the models: http://127.0.0.1:5000
	@conf/mlflow-page

sql: .venv/.ready ## open a SQL shell on the lake (DuckDB)
	@conf/sql

sql-server: .venv/.ready ## serve the lake to BI tools over the HiveServer2 protocol: port 10000
	@$(SPARK_BIN)/python -m jobs.lake.sql_server

notebooks: .venv/.ready ## run the notebooks; HTML with charts into the lake's folder notebooks/
	@folder="$$GUANXI_LAKE/notebooks"; \
	export IPYTHONDIR=$(TMPDIR)/ipython; ls notebooks/*.ipynb | xargs -P 3 -I{} $(SPARK_BIN)/python -m nbconvert \
	  --to html --execute --log-level WARN --output-dir "$$folder" {} && ls "$$folder"/*.html

datadocs: ## where the data docs of the runs lie; opens them where there is a browser
	@index="$$GUANXI_LAKE/quality/index.html"; test -f "$$index" || { echo "No run yet: make run"; exit 2; }; \
	echo "$$index"; { command -v xdg-open >/dev/null && xdg-open "$$index" >/dev/null 2>&1; } || true

docs: .venv/.ready ## write docs/tables/ from the contracts
	@$(SPARK_BIN)/python -m expectations --docs docs/tables

table: .venv/.ready ## write contract, job and test of a new gold table (NAME=gold.customer_x)
	@$(SPARK_BIN)/python -m expectations --new $(NAME)

lock: $(UV) ## write requirements/*.txt from *.in
	@for name in spark airflow uv; do $(UV) pip compile -q --generate-hashes --universal --python-version 3.11 \
	  --no-annotate --custom-compile-command "make lock" requirements/$$name.in -o requirements/$$name.txt; done
	@$(UV) pip compile -q --no-deps --generate-hashes --universal --python-version 3.11 --no-annotate \
	  --custom-compile-command "make lock" requirements/samples.in -o requirements/samples.txt

clean: ## remove everything that was made: environments, landing, lakes and their keys
	rm -rf .venv .venv-airflow .uv .python .airflow .tmp dist landing lake keys truth

$(UV): requirements/uv.txt
	@conf/check-machine
	@echo "uv ..." && rm -rf .uv && $$(conf/find-python any) -m venv .uv && .uv/bin/pip install --quiet --require-hashes -r requirements/uv.txt && touch $(UV)

.venv/.ready: requirements/spark.txt requirements/samples.txt requirements/jars.txt | $(UV)
	@conf/check-machine
	@echo "Spark's environment (.venv), 1.6 GB, about a minute ..."
	@python=$$(conf/find-python) && $(UV) venv --quiet --clear --python "$$python" .venv
	@$(INSTALL) --python .venv requirements/spark.txt
	@$(UV) pip install --quiet --no-deps --require-hashes --python .venv -r requirements/samples.txt
	@for packages in .venv/lib/python*/site-packages; do echo "$(CURDIR)" > $$packages/guanxi.pth; done  # for notebooks
	@echo "Delta's jars ..." && $(SPARK_BIN)/python requirements/fetch_jars.py 2>/dev/null
	@echo "one small night, so that the next start of Spark is faster ..." && conf/warm-up
	@touch $@

.venv-airflow/.ready: requirements/airflow.txt | $(UV)
	@echo "Airflow's environment (.venv-airflow) ..."
	@python=$$(conf/find-python) && $(UV) venv --quiet --clear --python "$$python" .venv-airflow
	@$(INSTALL) --python .venv-airflow requirements/airflow.txt
	@rm -rf .airflow && $(AIRFLOW_BIN)/airflow db migrate >/dev/null 2>&1
	@touch $@
