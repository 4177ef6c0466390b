"""Reading .xlsx workbooks, marking copies of them, and writing our own.

`reading*` and `canonical` read the cells of sheets. `patching*` edit parts as bytes and copy all
others raw: openpyxl rebuilds a workbook from what it understands of it, drops shapes, cached
results and more, and takes 6 s for 10,000 rows. `writing*` write sheets of our own. All of them
know `workbook` (the main part), `sheet_xml` (a sheet as it streams by), `text` and `styles`.
"""
