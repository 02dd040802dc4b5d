#!/usr/bin/env bash
# Catch from pixels with behavior learnt by bfloat16: at least 0.95, as without.
exec "$(dirname "$0")/learn" catch-bf16 0.95 "Catch, bfloat16" --preset catch --set Behavior.HalfPrecision=true
