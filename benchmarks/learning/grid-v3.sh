#!/usr/bin/env bash
# The classic grid from two numbers, DreamerV3: at least 0.6 within 4,000 updates; the best policy earns 0.745. Stops where 100 episodes average 0.7.
exec "$(dirname "$0")/learn" grid-v3 0.6 "Grid (vector), DreamerV3" --preset grid --algorithm dreamer-v3 --set Evaluation.TargetReturn=0.7
