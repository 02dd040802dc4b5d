"""Times updates of RajGhugare19/dreamerv2 on random recordings, in one thread: `peer_update.py CHECKOUT BATCH LENGTH UPDATES`.

Only the checkout's public API is called. Prints one line: for every update its milliseconds by the clock and by the processor.
"""

import sys
import time
from unittest.mock import MagicMock

import numpy as np
import torch

WARM_UP = 4
ROWS = 2000
ACTIONS = 6
SHAPE = (4, 10, 10)


def trainer(checkout, batch, length):
    sys.path.insert(0, checkout)
    # Its package imports environments, which no update needs.
    for name in ("gym", "gym.spaces", "gym.envs", "gym.wrappers", "minatar", "gym_minigrid", "gym_minigrid.wrappers"):
        sys.modules.setdefault(name, MagicMock())
    from dreamerv2.training.config import MinAtarConfig
    from dreamerv2.training.trainer import Trainer

    # Its defaults for MinAtar are the sizes that are compared.
    config = MinAtarConfig(
        env="random", obs_shape=SHAPE, action_size=ACTIONS, capacity=ROWS * 2, obs_dtype=bool,
        batch_size=batch, seq_len=length, collect_intervals=1)
    return Trainer(config, "cpu")


def main():
    checkout, (batch, length, updates) = sys.argv[1], map(int, sys.argv[2:5])
    torch.set_num_threads(1)
    torch.manual_seed(1)
    np.random.seed(1)
    learner = trainer(checkout, batch, length)
    for row in range(ROWS):
        action = np.eye(ACTIONS, dtype=np.float32)[np.random.randint(ACTIONS)]
        learner.buffer.add(np.random.rand(*SHAPE) < 0.2, action, float(np.random.randint(2)), row % 200 == 199)
    times = []
    for _ in range(WARM_UP + updates):
        clock, processor = time.perf_counter(), time.process_time()
        learner.train_batch({})
        times.append(f"{(time.perf_counter() - clock) * 1e3:.3f}/{(time.process_time() - processor) * 1e3:.3f}")
    print("updates " + " ".join(times[WARM_UP:]))


main()
