"""Renders pages and documents with a handbook's own templates, to find where one breaks off."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice

from rolebook.documents import job_post, leaving, pack
from rolebook.documents.document import Document
from rolebook.documents.statement import with_statement
from rolebook.pages.plan import Plan
from rolebook.problems import Problem
from rolebook.rendering import interface
from rolebook.rendering.document_page import DOCUMENT, DocumentPages
from rolebook.rendering.own_templates import OwnTemplateError, OwnTemplates
from rolebook.rendering.renderer import Renderer
from rolebook.visibility.view import AudienceView

MOST_PAGES = 100
"""So many pages of a kind are rendered: what breaks off does so on one of the first."""
MOST_DOCUMENTS = 10
"""So many of a kind."""
_BLOCKS = ("numbers", "org-chart", "business-model")
_NO_PLACE = "index.md"

Attempt = Callable[[], object]


def of_pages(own: OwnTemplates, plan: Plan, renderer: Renderer) -> Iterator[Problem]:
    """What breaks off on the first pages of each kind that has an own template."""
    tried = _tried(own)
    for kind in dict.fromkeys(page.kind for page in plan):
        if f"{kind.template}.md.jinja" in tried:
            pages = (page for page in plan if page.kind is kind)
            yield from _found(partial(renderer.page, page) for page in islice(pages, MOST_PAGES))


def of_blocks(own: OwnTemplates, renderer: Renderer) -> Iterator[Problem]:
    """What breaks off in what hand-written pages can ask for, whether one does or not."""
    blocks: tuple[Callable[[str], str], ...] = (renderer.numbers, renderer.org_chart, renderer.business_model)
    tried = _tried(own)
    asked = (block for name, block in zip(_BLOCKS, blocks, strict=True) if f"{name}.md.jinja" in tried)
    yield from _found(partial(block, _NO_PLACE) for block in asked)


def of_documents(
    own: OwnTemplates, pages: DocumentPages, plan: Plan, contractor: AudienceView, public: AudienceView
) -> Iterator[Problem]:
    """What breaks off in the first documents of each kind."""
    if DOCUMENT not in own.texts:
        return
    name, organisation = plan.project.name, plan.organisation
    for kind in (
        (with_statement(pack.compose(contractor, each, name)) for each in _roles(contractor)),
        (job_post.compose(public, each, name).document for each in _roles(public)),
        (leaving.compose(each, name, plan.organisation.day) for each in plan.decisions.leavings.values()),
    ):
        made: Iterable[Document] = islice(kind, MOST_DOCUMENTS)
        yield from _found(partial(pages, document, organisation.day) for document in made)


def _roles(view: AudienceView) -> Iterator[str]:
    return (role.id for role in view.organisation.active_roles if not role.is_team)


def _tried(own: OwnTemplates) -> set[str]:
    """The templates that are other than the program's: an own macro may be in each."""
    return {*interface.TEMPLATES} if interface.MACROS in own.texts else {*own.texts}


def _found(attempts: Iterable[Attempt]) -> Iterator[Problem]:
    """What breaks off first: as long as it does, nobody knows what is wrong beyond it."""
    try:
        for attempt in attempts:
            attempt()
    except OwnTemplateError as error:
        yield error.problem
