"""Numbers, amounts, times and deadlines in German sentences."""
