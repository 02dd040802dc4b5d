#!/usr/bin/env bash
# CartPole from four numbers: at least 450 within 60,000 steps. Stops where 20 episodes average 475.
exec "$(dirname "$0")/learn" cartpole 450 "CartPole (vector)" --preset cartpole --set Evaluation.TargetReturn=475
