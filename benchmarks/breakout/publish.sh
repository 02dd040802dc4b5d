#!/usr/bin/env bash
# publish.sh RUN...: curves of runs, one a seed, into results/, the agent of the first into onnx/breakout, and the table into README.md.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$here/../..
dreamer=(${DREAMER:-dotnet run -c Release --project "$root/Dreamer.Cli" --})
mkdir -p "$here/results"
"${dreamer[@]}" curves "$@" --title "Breakout, 10x10, sticky actions 0.1" --target 10 --out "$here/results/breakout.svg"
"${dreamer[@]}" export "$1" --out "$root/onnx/breakout"
"$here/table"
