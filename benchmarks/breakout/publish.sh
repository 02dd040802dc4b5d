#!/usr/bin/env bash
# publish.sh RUN...: writes the curves of runs (one per seed) into results/, the first run's agent into onnx/breakout, and the table into the READMEs.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$here/../..
dreamer=(${DREAMER:-dotnet run -c Release --project "$root/Dreamer.Cli" --})
mkdir -p "$here/results"
"${dreamer[@]}" curves "$@" --title "Breakout, 10x10, sticky actions 0.1" --target 10 --out "$here/results/breakout.svg"
"${dreamer[@]}" export "$1" --out "$root/onnx/breakout"
"$here/table"
