#!/usr/bin/env bash
# CartPole from pictures of 64x64: at least 450 within 60,000 steps. A picture weighs 12,288 numbers against the four of the preset: with its KL scale the
# posterior is sure of one latent state within 100 updates and never comes back. Stops where 20 episodes average 475.
exec "$(dirname "$0")/learn" cartpole-pixels 450 "CartPole (64x64 image)" --preset cartpole --env cartpole-pixels \
  --set WorldModel.KlScale=1 --set Networks.Unimix=0.01 --set WorldModel.Optimizer.LearningRate=3e-4 --set Evaluation.TargetReturn=475
