"""The MkDocs driver: the only room that knows MkDocs."""

from rolebook.mkdocs_plugin.plugin import RolebookPlugin

__all__ = ["RolebookPlugin"]
