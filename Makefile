# "make" alone shows what there is.
.DEFAULT_GOAL := help
.PHONY: help run demo test check chaos fuzz bench screenshots generate

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

chaos: ## kill the program at hundreds of random moments, and look what is left
	GEHOOR_CHAOS=$${GEHOOR_CHAOS:-300,100} go run ./scripts/withpostgres go test -count=1 -timeout 90m -v -run Chaos ./internal/house/

fuzz: ## try to break the reading of mail, a minute per target
	@for target in envelope/FuzzHeader envelope/FuzzTree envelope/FuzzHTML envelope/FuzzOpen mailroom/FuzzOwnText mailroom/FuzzVocabulary; do \
		nice go test -run '^$$' -fuzz "^$${target#*/}$$" -fuzztime $${FUZZ_TIME:-60s} "./internal/$${target%/*}" || exit 1; \
	done

bench: ## measure, against something measured in the same run
	go run ./scripts/bench

screenshots: ## make the pictures of README and handleiding anew, in a real browser
	scripts/screenshots

generate: ## make the Go files of the templates anew
	go tool templ generate
