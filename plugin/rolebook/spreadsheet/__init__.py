"""Makes role files of the rows of a spreadsheet: a pure room, from bytes to text.

`files` reads an export, with `delimited` or `workbook` (whose `sheets` another process reads, with
`formulas` that failed), into a `table`; `columns` says which column holds which field, `conventions` what
words in it mean. A row becomes an `imported_role` with its holder (`holders`); `role_ids` gives each an id,
`parents` finds whom it reports to. `role_fields` reads its fields into a `role_report`, with `cell_values`,
`role_hours`, `other_fields` and `failures` of formulas; `team_fields` reads those of a team, with `members`.
`role_file` writes the text; `rows` does it all in one call, without `template_rows`. For an update,
`matching` finds the `known_role` of each row, `moved_ids` rows whose id is now another role's, `same_table`
which table a file is; `merge` compares a row's fields with the file and with the last import. Nothing is
repaired in silence: what cannot be used stays as a comment in its role file, and is one of the `findings`.
"""
