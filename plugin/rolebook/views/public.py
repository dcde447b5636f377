"""What stands on the pages that outsiders may read: job descriptions, and roles on a site for them."""

from typing import Any

from markupsafe import Markup

from rolebook.documents import job_post
from rolebook.documents.job_posting import job_posting
from rolebook.documents.markdown import as_markdown
from rolebook.documents.plain_text import as_text
from rolebook.escaping import in_markdown, without_braces
from rolebook.language import gettext
from rolebook.organisation import Role
from rolebook.pages.page import Page
from rolebook.pages.plan import Plan
from rolebook.visibility.sections import Picture
from rolebook.visibility.view import AudienceView


class PublicPages:
    """Pages made from what the public may see."""

    def __init__(self, plan: Plan, public: AudienceView, picture: Picture) -> None:
        self._plan = plan
        self._project = plan.project
        self._public = public
        self._picture = picture

    def job(self, page: Page) -> dict[str, Any]:
        """What a job description's template needs."""
        role = page.subject
        assert isinstance(role, Role)
        post = job_post.compose(self._public, role.id, self._project.name, self._picture)
        document = post.document
        return {
            "post": post,
            "role": self._plan.roles[role.id].link,
            "json_ld": Markup(job_posting(post, self._project.url)),
            "forms": ((gettext("text"), as_text(document)), ("Markdown", as_markdown(document))),
            "limit": self._project.options.post_limit,
        }

    def made_of(self, page: Page) -> tuple[object, ...] | None:
        """All that `page`, a job description, is made of; None if a picture is in it."""
        role = page.subject
        assert isinstance(role, Role)
        body = self._public.digest(role.id)
        if body is None:
            return None
        return (job_post.facts(self._public, role.id), body, self._plan.roles[role.id].link)

    def body(self, role_id: str) -> Markup:
        """The sections of a role's page, as Markdown that holds HTML."""
        sections = self._public.sections(role_id, self._picture)
        return Markup("\n\n").join(
            Markup("## {}\n\n<div>\n{}\n</div>").format(
                in_markdown(section.heading), without_braces(section.html)
            )
            for section in sections
        )
