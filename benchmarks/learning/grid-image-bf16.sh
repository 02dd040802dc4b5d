#!/usr/bin/env bash
# The easy grid as an image of 64x64, behavior learnt by bfloat16: as grid-image.sh, which says why these settings.
exec "$(dirname "$0")/learn" grid-image-bf16 0.9 "Grid (64x64 image), bfloat16" --preset grid --env grid-image \
  --set Behavior.HalfPrecision=true --set PrefillSteps=3000 --set Behavior.EntropyScale=3e-2 --set TrainEverySteps=3 \
  --set Evaluation.TargetReturn=0.95 --set Evaluation.Episodes=20
