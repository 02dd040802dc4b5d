#!/usr/bin/env bash
# Pendulum from three numbers by the gradient of the returns: at least -250. Stops where 50 episodes average -170.
exec "$(dirname "$0")/learn" pendulum -250 "Pendulum (vector)" --preset pendulum --set Evaluation.TargetReturn=-170 --set Evaluation.Episodes=50
