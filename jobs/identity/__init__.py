"""Who is who: from what accounts say to whose they are; plain functions on tables, which the night gives them."""
