"""One file per provider.

To add one: 1. create `<kind>/<name>.py`; the file name is the name in YAML. 2. Write an `Options` model with a
docstring per field. 3. Write `_build(options, workplace)`. 4. End the file with `ADAPTER = Adapter(…)`. 5. Add its
extra to `pyproject.toml`. Nothing else is edited; `tests/unit/test_adapters.py` finds it.
"""
