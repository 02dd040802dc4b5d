#!/usr/bin/python3
"""Updates a second of this product and of a PyTorch DreamerV2 in the same sizes, alternating, one thread each.

    git clone https://github.com/RajGhugare19/dreamerv2 CHECKOUT
    apt-get install python3-torch libopenblas0-pthread
    dotnet build -c Release benchmarks/Dreamer.Training.Benchmarks
    /usr/bin/python3 benchmarks/peer/compare.py CHECKOUT [--rounds N] [--sizes 16x32 50x50 atari]

`atari` is the preset of that name, for which the checkout has no network: atari_update.py stands in its place. Debian's PyTorch computes matrix products with the reference BLAS, which is no fair peer: OpenBLAS takes its place. The medians of all
updates are compared, by the clock and by what the processor worked; the latter depends less on what else the machine does.
"""

import argparse
import os
import pathlib
import re
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
OPENBLAS = "/usr/lib/x86_64-linux-gnu/openblas-pthread"
SIZES = {"16x32": (16, 32), "50x50": (50, 50)}  # batch, length
UPDATES = {"16x32": 10, "50x50": 4, "atari": 1}  # a round
UPDATE = re.compile(r"([\d.]+)/([\d.]+)")


def updates(command, **environment):
    """The milliseconds of every update that a command reports, by the clock and by the processor."""
    output = subprocess.run(
        command, env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", **environment},
        check=True, stdout=subprocess.PIPE, text=True).stdout
    line = next(line for line in output.splitlines() if line.startswith("updates "))
    return [(float(clock), float(processor)) for clock, processor in UPDATE.findall(line)]


def ours():
    found = sorted((HERE.parent / "Dreamer.Training.Benchmarks" / "bin" / "Release").rglob("Dreamer.Training.Benchmarks"))
    if not found:
        sys.exit("Build the benchmarks first: dotnet build -c Release benchmarks/Dreamer.Training.Benchmarks")
    return str(found[0])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkout", help="a checkout of RajGhugare19/dreamerv2")
    parser.add_argument("--rounds", type=int, default=3, help="how often the two take turns")
    parser.add_argument("--sizes", nargs="*", choices=list(UPDATES), default=list(SIZES))
    parser.add_argument("--options", nargs="*", default=[], help="further options of this product's benchmark, without their dashes")
    arguments = parser.parse_args()
    print("| batch x length | | PyTorch ms | ours ms | ratio |")
    print("|---|---|---|---|---|")
    for size in arguments.sizes:
        count = UPDATES[size]
        if size in SIZES:
            peer, configuration = [str(HERE / "peer_update.py"), arguments.checkout, *map(str, SIZES[size])], f"peer-{size}"
        else:
            peer, configuration = [str(HERE / "atari_update.py")], size
        times = {"peer": [], "ours": []}
        for _ in range(arguments.rounds):
            times["peer"] += updates([sys.executable, *peer, str(count)], LD_LIBRARY_PATH=OPENBLAS)
            times["ours"] += updates(
                [ours(), configuration, "--no-floor", "--each", "--updates", str(count), *(f"--{o}" for o in arguments.options)])
        for index, clock in enumerate(("clock", "processor")):
            for name, least in (("median", statistics.median), ("least", min)):
                peer, own = (least(time[index] for time in times[who]) for who in ("peer", "ours"))
                print(f"| {size} | {clock}, {name} | {peer:.0f} | {own:.0f} | {peer / own:.2f} |")


main()
