#!/usr/bin/env bash
# CartPole from four numbers: at least 450 within 60,000 steps. Stops where 50 episodes average 490.
exec "$(dirname "$0")/learn" cartpole 450 "CartPole (vector)" --preset cartpole --set Evaluation.TargetReturn=490 --set Evaluation.Episodes=50
