"""What an exported site takes over from the settings of the handbook's own: an allowlist.

A setting may name a folder, a script or a function of the handbook's, which the exported folder lacks.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import quote, urljoin

from rolebook.escaping import in_html
from rolebook.language import gettext

_KEPT = ("site_url", "site_description", "site_author", "copyright", "use_directory_urls")
_REPOSITORY = ("repo_url", "repo_name")
_THEME = ("language", "direction", "palette", "logo", "favicon", "icon")
_PLUGINS = ("tags", "redirects")
"""Those that Zensical has, too, and that need no file beside the pages."""
_PUBLIC_PLUGINS = ("tags",)
"""Of these, those whose options name no page."""
_EDIT_LINK = (
    '<a class="md-content__button md-icon" rel="edit" href="{address}" title="{title}" aria-label="{title}">'
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="24" height="24">'
    '<path d="{pen}"/></svg></a>'
)
_PEN = "M3 17.2V21h3.8L17.8 9.9l-3.7-3.7zM20.7 7a1 1 0 0 0 0-1.4l-2.3-2.3a1 1 0 0 0-1.4 0l-1.8 1.8 3.7 3.7z"


def kept(
    settings: Mapping[str, Any], for_outsiders: bool
) -> tuple[dict[str, Any], dict[str, Any], list[Any]]:
    """The settings that are taken over: of the site, of its theme, and its plugins.

    Outsiders do not learn where the files are kept.
    """
    names = _KEPT if for_outsiders else (*_KEPT, *_REPOSITORY)
    of_site = {name: settings[name] for name in names if settings.get(name) is not None}
    if "repo_url" in of_site:
        of_site["edit_uri"] = ""  # A page's own link leads to the file that it is made of.
    theme = settings.get("theme")
    theme = theme if isinstance(theme, Mapping) else {}
    of_theme = {name: theme[name] for name in _THEME if theme.get(name) is not None}
    wanted = _PUBLIC_PLUGINS if for_outsiders else _PLUGINS
    found = {name: options for name, options in _plugins(settings) if name in wanted}
    plugins = ["search", *({name: options} if options else name for name, options in found.items())]
    return of_site, of_theme, plugins if found else []


def _plugins(settings: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The plugins by the names that they have everywhere, with their options."""
    plugins = settings.get("plugins")
    for entry in plugins if isinstance(plugins, list) else [plugins]:
        pairs = entry.items() if isinstance(entry, Mapping) else [(entry, None)]
        yield from ((str(name).removeprefix("material/"), options) for name, options in pairs)


def configured_files(settings: Mapping[str, Any]) -> Iterator[str]:
    """Files of `docs_dir` that the settings put on every page."""
    yield from styles(settings)
    theme = settings.get("theme")
    if isinstance(theme, Mapping):
        yield from (theme[name] for name in ("logo", "favicon") if isinstance(theme.get(name), str))


def styles(settings: Mapping[str, Any]) -> list[str]:
    """The style sheets that the owner has in `docs_dir`; what another host has is not fetched."""
    named = settings.get("extra_css")
    return [each for each in named if isinstance(each, str)] if isinstance(named, list) else []


def edit_addresses(settings: Mapping[str, Any], for_outsiders: bool) -> Callable[[str], str]:
    """Where a file is edited that is named from `docs_dir`, as MkDocs has it; empty if nobody wrote where."""
    host, uri, template = (
        str(settings.get(name) or "") for name in ("repo_url", "edit_uri", "edit_uri_template")
    )
    if for_outsiders or not (uri or template) or not (host or "://" in uri + template):
        return lambda path: ""

    def address(path: str) -> str:
        way = _filled(template, path) if template else f"{uri.rstrip('/')}/{path}"
        slash = "" if not host or way.startswith(("?", "#")) or host.endswith("/") else "/"
        return urljoin(host + slash, way)

    return address


def _filled(template: str, path: str) -> str:
    """The template with the path in its places: as it is, quoted, and without its ending."""
    stem = path.removesuffix(".md")
    for name, value in (("path_noext", stem), ("path", path)):
        template = template.replace(f"{{{name}!q}}", quote(value, safe="")).replace(f"{{{name}}}", value)
    return template


def edit_link(address: str) -> str:
    """The button that leads to where a page's file is edited; empty without an address."""
    if not address:
        return ""
    return _EDIT_LINK.format(address=in_html(address), title=in_html(gettext("Edit")), pen=_PEN)


def with_edit_link(text: str, link: str) -> str:
    """`text` with the link behind its front matter."""
    if not link:
        return text
    head, mark, rest = text.partition("\n---\n") if text.startswith("---\n") else ("", "", text)
    return f"{head}{mark}\n{link}\n\n{rest.lstrip()}"
