# make run starts the site, make test tests everything, make check is the quick loop.
PYTHON := .venv/bin/python
ROOMS := conference speakers sessions registration

.PHONY: run test check bench lock translations

run:
	@.ci/venv runtime
	@exec $(PYTHON) manage.py serve

test:
	@.ci/test

check:
	@.ci/venv dev
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m mypy $(ROOMS)
	@$(PYTHON) -m pytest -n 2 -m "not browser and not race"

bench:
	@.ci/venv dev
	@$(PYTHON) -m tests.bench

# The exact versions of everything; runtime and dev compiled together, so that they agree.
LOCK := uv pip compile --quiet --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate
lock:
	@$(LOCK) pyproject.toml --group dev --output-file requirements/dev.txt
	@$(LOCK) pyproject.toml --constraint requirements/dev.txt --output-file requirements/runtime.txt

TRANSLATED := --locale nl --locale fr --locale de
translations:
	@$(PYTHON) manage.py makemessages $(TRANSLATED) --no-location --no-wrap \
	  --ignore '.venv/*' --ignore 'var/*' --ignore 'tests/*'
	@$(PYTHON) manage.py compilemessages $(TRANSLATED)
