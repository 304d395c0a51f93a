# Everything here is one command long; `make` alone lists what there is.

GO  ?= go
OUT ?= .screenshots

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/\1\t\2/p' Makefile | awk -F '\t' '{ printf "  make %-14s %s\n", $$1, $$2 }'

build: ## publish the example site into public/
	$(GO) run ./cmd/candor build

test: setup ## everything that has to hold: formatting, vet, all tests, in a real browser where it takes one
	@unformatted=$$(gofmt -l .); test -z "$$unformatted" || { echo "run make fmt; not formatted: $$unformatted" >&2; exit 1; }
	$(GO) vet ./...
	$(GO) test -timeout 20m ./...

release-check: ## what must hold besides before a release: nothing that the program says lacks its Chinese
	$(GO) test ./cmd/candor -count=1 -run TestChinese -release

bench: ## measure candor beside the practical floor and Hugo (HUGO=program): needs 8 GB in $TMPDIR, 20 minutes
	$(GO) run ./cmd/candor-bench

screenshots: setup ## picture every page of the example site into OUT=folder, and docs/progress-page.png anew
	$(GO) test ./themes -count=1 -v -timeout 10m -args -screenshots "$(abspath $(OUT))"
	cp "$(OUT)/progress-page.png" docs/progress-page.png

setup: ## install what the tests need: Chromium, a Chinese font, poppler, strace, axe-core, ical.js
	@.ci/setup

install: ## put candor where go install puts programs
	$(GO) install ./cmd/candor

fmt: ## format all Go files
	gofmt -w .

.PHONY: help build test release-check bench screenshots setup install fmt
