# Two commands for a newcomer: `make demo` and `make test`. Everything else is for those who change Kurultai.
# The build folder lies outside the checkout, so that a fresh clone builds warm.
export CARGO_TARGET_DIR ?= $(HOME)/.cache/kurultai/target
KURULTAI = $(CARGO_TARGET_DIR)/release/kurultai
CARGO = cargo

.PHONY: demo test build exports check lint docs readers bench

demo: build ## Build, read samples/, write a store and exports, say what was found
	$(KURULTAI) build samples --location $(CARGO_TARGET_DIR)/demo/store --output $(CARGO_TARGET_DIR)/demo/exports
	@echo
	$(KURULTAI) query who-met-whom --location $(CARGO_TARGET_DIR)/demo/store

test: ## All tests
	$(CARGO) test --release --locked

build:
	$(CARGO) build --release --locked --bin kurultai

exports: build ## Write exports/ again from samples/
	rm -rf $(CARGO_TARGET_DIR)/exports-store
	$(KURULTAI) build samples --location $(CARGO_TARGET_DIR)/exports-store --output exports --quiet

check: lint docs test exports ## What CI runs; exports/ must come out byte for byte
	git diff --exit-code --stat -- exports

lint:
	$(CARGO) fmt --check
	$(CARGO) clippy --release --locked --all-targets -- -D warnings

docs:
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --release --locked --no-deps --document-private-items

readers: build ## rdflib, networkx, igraph and pyshacl read exports/ (installs them from PyPI into a folder of its own)
	scripts/check-readers exports

bench: build ## Time and memory of the main job
	benches/run
