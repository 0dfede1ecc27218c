# "make" alone shows what there is.
.DEFAULT_GOAL := help
.PHONY: help run demo test check bench generate

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: ## open the register in ./data
	go run ./cmd/gehoor serve --home ./data

demo: ## open a furnished register with an invented organisation
	go run ./cmd/gehoor demo

test: ## run every test, on SQLite and PostgreSQL
	@scripts/test

check: ## format, vet, staticcheck, generated files, go.mod
	@scripts/check

bench: ## measure, against something measured in the same run
	go run ./scripts/bench

generate: ## make the Go files of the templates anew
	go tool templ generate
