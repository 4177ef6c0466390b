"""Editing and writing .xlsx packages part by part, so that all that is not marked stays as it was.

openpyxl rebuilds a workbook from what it understands of it: it drops shapes, cached results and
more, and takes 6 s for 10,000 rows. Here parts are edited as bytes and all others copied raw.
"""
