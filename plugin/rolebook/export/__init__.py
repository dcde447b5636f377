"""The organisation in the forms of other programs, and the handbook for other generators."""
