#!/usr/bin/env bash
# Breakout on the 10x10 grid, sticky actions 0.1: the preset, one thread, 300,000 frames. Hours; started again, it goes on where it was.
# train.sh [SEED] trains; curves and agent are then made by publish.sh.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
seed=${1:-1}
run=${DREAMER_RUNS:-$here/../../runs/breakout}/seed-$seed
exec ${DREAMER:-dotnet run -c Release --project "$here/../../Dreamer.Cli" --} train --preset breakout --seed "$seed" --logdir "$run"
