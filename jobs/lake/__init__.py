"""What is kept: Delta tables, the ledger in their commits, SQL for people."""
