"""Reads recorded episodes with NumPy, as the reference does, and checks what its replay expects."""
import pathlib
import sys

import numpy as np

paths = sorted(pathlib.Path(sys.argv[1]).glob("*.npz"))
assert paths, f"no episodes in {sys.argv[1]}"
for path in paths:
    with path.open("rb") as file:
        episode = {key: value for key, value in np.load(file, allow_pickle=False).items()}
    rows = len(episode["action"])
    # The reference reads an episode's length from its file name.
    assert int(path.stem.split("-")[-1]) == rows - 1, path
    assert all(len(value) == rows for value in episode.values()), path
    assert episode["image"].dtype == np.uint8 and episode["image"].ndim == 4, path
    assert episode["action"].dtype == np.float32 and episode["reward"].dtype == np.float32, path
    for key in ("is_first", "is_last", "is_terminal"):
        assert episode[key].dtype == bool, (path, key)
    assert episode["is_first"].tolist() == [True] + [False] * (rows - 1), path
    assert not episode["action"][0].any() and episode["reward"][0] == 0, path
    assert (episode["action"][1:].sum(1) == 1).all(), path
print(f"NumPy {np.__version__} read {len(paths)} episodes")
