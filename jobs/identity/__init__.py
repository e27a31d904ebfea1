"""Who is whom: accounts that are one person's, by what proves it and by what is probable."""
