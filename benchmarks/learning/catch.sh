#!/usr/bin/env bash
# Catch from pixels: a mean return of at least 0.95.
exec "$(dirname "$0")/learn" catch 0.95 "Catch" --preset catch
