#!/usr/bin/env bash
# Rewrites the public-API baselines from the code: run it after a deliberate change of a public type, and review the diff.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
for baseline in */PublicAPI.Unshipped.txt; do
  project=$(dirname "$baseline")
  echo '#nullable enable' >"$baseline"
  dotnet build "$project" -c Release --no-incremental -p:TreatWarningsAsErrors=false -nologo -v q |
    sed -nE "s/.*warning RS0016: Symbol '(.*)' is not part of the declared public API.*/\1/p" | LC_ALL=C sort -u >>"$baseline"
  echo "$project: $(($(wc -l <"$baseline") - 1)) public members"
done
