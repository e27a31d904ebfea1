"""Methods that know no customer, no table and no Spark: numbers in, numbers out."""
