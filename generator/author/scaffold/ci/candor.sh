#!/bin/sh
# Checks and publishes the site: on any machine that runs a shell, for every CI.
#
#   sh ci/candor.sh check      a proposed change: findings, and a preview in public
#   sh ci/candor.sh publish    the published branch, and every quarter of an hour
#
# It takes the program candor that is installed, or that CANDOR names. Else it fetches it:
#
#   CANDOR_URL        address of the program for this machine
#   CANDOR_SHA256     its SHA-256
#   CANDOR_TARGET     name of a [deploy.NAME] in site.toml; without it nothing is sent
#   AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY     keys of that store
set -eu

candor=${CANDOR:-candor}
if ! command -v "$candor" >/dev/null; then
	candor=$(mktemp)
	curl --fail --silent --show-error --location --retry 3 --output "$candor" "$CANDOR_URL"
	echo "$CANDOR_SHA256  $candor" | sha256sum --check --quiet
	chmod +x "$candor"
fi
format=text
[ -z "${GITHUB_ACTIONS:-}" ] || format=github # findings beside the lines of the change

publish() {
	"$candor" build --format "$format"
	if [ -n "${CANDOR_TARGET:-}" ]; then
		"$candor" deploy "$CANDOR_TARGET"
		"$candor" live --wait 2m
	fi
}

case "${1:-}" in
check)
	"$candor" check --format "$format"
	"$candor" build >/dev/null 2>&1
	;;
publish)
	publish
	# What changes before the next run does so on time.
	end=$(($(date +%s) + ${CANDOR_EVERY:-900}))
	while next=$("$candor" due --next) && [ -n "$next" ]; do
		at=$(date -d "$next" +%s)
		[ "$at" -lt "$end" ] || break
		now=$(date +%s)
		[ "$at" -le "$now" ] || sleep $((at - now))
		publish
	done
	"$candor" due --within 1h # fails if something is overdue, so that somebody is told
	;;
*)
	echo "sh ci/candor.sh check | publish" >&2
	exit 2
	;;
esac
