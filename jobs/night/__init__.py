"""What happens when: the plan of a run, its steps, what it says."""
