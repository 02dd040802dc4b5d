#!/usr/bin/env bash
# The easy grid as an image of 64x64: at least 0.9 of its maximum, which is 1.
exec "$(dirname "$0")/learn" grid-image 0.9 "Grid (64x64 image)" --preset grid --env grid-image --set Evaluation.TargetReturn=0.95 --set Evaluation.Episodes=20
