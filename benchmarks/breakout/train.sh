#!/usr/bin/env bash
# train.sh [SEED]: Breakout on the 10x10 grid, sticky actions 0.1, with the preset, on one thread, 300,000 frames. It takes hours; run it again to resume.
# publish.sh then writes curves and agent.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
seed=${1:-1}
run=${DREAMER_RUNS:-$here/../../runs/breakout}/seed-$seed
exec ${DREAMER:-dotnet run -c Release --project "$here/../../Dreamer.Cli" --} train --preset breakout --seed "$seed" --logdir "$run"
