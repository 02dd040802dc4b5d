#!/usr/bin/env bash
# The classic grid from two numbers, DreamerV1: at least 0.6 within 4,000 updates; the best policy earns 0.745. Stops where 100 episodes average 0.68.
# Two numbers say less than 3 free nats; and without an entropy bonus the straight-through gradient of a young model makes up the policy's mind for good.
exec "$(dirname "$0")/learn" grid-v1 0.6 "Grid (vector), DreamerV1" --preset grid --algorithm dreamer-v1 --set Evaluation.TargetReturn=0.68 \
  --set WorldModel.FreeNats=0.5 --set WorldModel.KlScale=0.1 --set WorldModel.VectorScale=10 --set PrefillSteps=3000 \
  --set Behavior.ActorOptimizer.LearningRate=3e-4 --set "Behavior.EntropyScale=linear(0.3,0.03,9000)"
