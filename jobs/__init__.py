"""How it is made: the machine at this level, the content in the folders."""

import os

# models are fitted beside Spark: threads of OpenMP that spin while they wait for one another fit twenty times as long
# on cores that others use. It is read when scikit-learn is imported
os.environ.setdefault("OMP_WAIT_POLICY", "passive")
