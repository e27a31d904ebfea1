"""Threads that ask for modules of one library at once."""

import subprocess
import sys

ASKING = """
import threading
import pandas, scipy.special, scipy.stats
from jobs.imported import imported

doors, told = ("sklearn.neighbors", "sklearn.linear_model", "sklearn.cluster"), []
together = threading.Barrier(len(doors))

def ask(name):
    together.wait()
    told.append(imported(name).__name__)

threads = [threading.Thread(target=ask, args=(name,)) for name in doors]
[thread.start() for thread in threads], [thread.join() for thread in threads]
print(sorted(told) == sorted(doors))
"""


def test_who_enters_a_library_by_several_doors_at_once_gets_whole_modules():
    for _ in range(2):  # without turns nine of ten tries fail
        asked = subprocess.run([sys.executable, "-c", ASKING], capture_output=True, text=True, check=True)
        assert asked.stdout == "True\n", asked.stderr
