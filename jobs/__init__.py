"""How it is made: the machine at this level, the content in the folders."""
