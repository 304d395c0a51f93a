# Everything here is one command long; `make` alone lists what there is.

GO  ?= go
OUT ?= .screenshots

# The tools have a go.mod of their own: Candor depends on none of them.
TOOL = $(GO) tool -modfile=.ci/tools.mod

# Tests that build one site again and again, in parallel, with a Generator that remembers.
LAWS = ^Test(Memory|LongMemory|SameBytes|HomeIsOfWhatItShows)$$

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/\1\t\2/p' Makefile | awk -F '\t' '{ printf "  make %-16s %s\n", $$1, $$2 }'

build: ## publish the example site into public/
	$(GO) run ./cmd/candor build

test: setup vet staticcheck vulnerabilities race test-all ## everything that has to hold, on a machine that may have nothing but Go

vet: ## formatting, and go vet for each system that Candor runs on
	@unformatted=$$(gofmt -l .); test -z "$$unformatted" || { echo "run make fmt; not formatted: $$unformatted" >&2; exit 1; }
	$(GO) vet ./...
	GOOS=darwin $(GO) vet ./...
	GOOS=windows $(GO) vet ./...

staticcheck: ## faults that vet does not know
	$(TOOL) staticcheck ./...

vulnerabilities: ## known vulnerabilities that the program reaches, if their database can be reached
	@.ci/vulnerabilities

race: ## the tests of what is concurrent, with the race detector
	$(GO) test -race -short -timeout 20m -run '$(LAWS)' ./generator
	$(GO) test -race -short -timeout 20m $(addprefix ./generator/,outside/watch outside/preview input/source output/page)
	$(GO) test -race -short -timeout 20m -run '^TestWatch' -skip InABrowser ./cmd/candor

fuzz: ## ten seconds of each fuzz target: a job of its own in CI, because it may find what is older than a change
	@.ci/fuzz 10s

test-all: setup ## all tests, in a real browser if it takes one
	$(GO) test -timeout 20m ./...

floors: ## draw which package may import which
	@$(GO) test ./generator -count=1 -run TestFloors -v

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

.PHONY: help build test vet staticcheck vulnerabilities race fuzz test-all floors release-check bench screenshots setup install fmt
