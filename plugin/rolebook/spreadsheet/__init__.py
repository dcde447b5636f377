"""Rows of a spreadsheet's export as role files: a pure room, from bytes to text.

`table` reads an export; `columns` says which column holds which field; `post` reads the fields of
one row, `references` gives ids and finds parents; `role_file` writes the text; `rows` does it all
in one call. Nothing is repaired in silence: what cannot be used stays as a comment in its role
file, and is told with its file and row.
"""
