#!/usr/bin/env bash
# The easy grid as an image of 64x64: at least 0.9 of its maximum, which is 1. Nothing is lost by waiting, and the goal is found by chance alone, hence
# more random steps first and a larger entropy bonus. Stops where 20 episodes average 0.95.
exec "$(dirname "$0")/learn" grid-image 0.9 "Grid (64x64 image)" --preset grid --env grid-image \
  --set PrefillSteps=3000 --set Behavior.EntropyScale=3e-2 --set TrainEverySteps=3 \
  --set Evaluation.TargetReturn=0.95 --set Evaluation.Episodes=20
