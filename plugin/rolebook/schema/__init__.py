"""The front matter that people write: one declaration a field, in `records`.

Everything that depends on a field is derived from its declaration: validation and near-miss hints
(`kinds`), who may see it (`audience`), and the reference that people read.
"""
