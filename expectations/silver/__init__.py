"""Contracts of the silver tables, one file each."""
