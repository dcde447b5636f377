"""The front matter that people write: one declaration a field, in `records`.

Everything that depends on a field is derived from its declaration: its reading (`declarations`) and that of
its value (`kinds`) with near-miss hints, who may see it (`audience`), and the reference that people read.
"""
