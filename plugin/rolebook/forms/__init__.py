"""Forms for people who do not write YAML: the page of Sveltia CMS, set up from the declarations of fields.

Sveltia by itself would write files anew and lose what it does not know. `format.js`, among the assets, reads
and writes them instead: what nobody changed in a form stays as it is, byte for byte.
"""
