"""The incremental engine: pages that come out as in the last build are not built again.

`Builds` is what a process remembers from build to build. For each build it gives an `IncrementalBuild`, or a
`FullBuild` if something can change pages in a way that is not known. Both have the same methods; those of a
`FullBuild` do nothing, so the plugin calls them without asking.

A page is reused if these are the same: the key of what it is made of (`rendering.fingerprints`), the
fingerprint of what all pages share (`site_fingerprint`), the files that its links lead to, and the tags that
it shows. What MkDocs must know of it then is in its record (`build_cache`).
"""

from rolebook.mkdocs_plugin.incremental.build import FullBuild, IncrementalBuild, SiteBuild
from rolebook.mkdocs_plugin.incremental.builds import Builds

__all__ = ["Builds", "FullBuild", "IncrementalBuild", "SiteBuild"]
