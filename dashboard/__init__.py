"""The eye: pages and charts.

Reads and writes through `models` alone; what it wants done, it asks of the worker through the database.
"""
