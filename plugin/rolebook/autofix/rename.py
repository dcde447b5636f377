"""Renames a role or a person, and all that names them: fields, links, navigation, folders.

Every other byte of every file stays as it is. Former paths become aliases, so that old addresses redirect.
"""

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, unquote, urlsplit, urlunsplit

import yaml

from rolebook import files
from rolebook.autofix.addresses import Addresses
from rolebook.autofix.aliases import adds, with_item
from rolebook.autofix.edits import FRONT, Edit, Fix, composed, edit, edited, says_the_same
from rolebook.autofix.fixes import FixedFile
from rolebook.autofix.values import Value, values
from rolebook.examples import is_of_guide
from rolebook.language import gettext
from rolebook.organisation import Organisation, Person, Role, name_key, slug
from rolebook.pages.addresses import CHARTS, JOBS, PEOPLE, TREE
from rolebook.pages.branches import anchor_of
from rolebook.pages.links import code, folders_of, targets
from rolebook.project import Project
from rolebook.schema.declarations import declarations
from rolebook.schema.records import (
    FUNCTION,
    PAGE_FIELDS,
    PERSON,
    RECEIVER,
    ROLE,
    BusinessModelFields,
)
from rolebook.yaml_text import scalar


class NotRenamed(Exception):
    """Why nothing is renamed, in words for whoever typed the command."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that still has the old name or a former place of a page."""

    path: str
    """The path of the file after the rename."""
    line: int
    """From 1."""
    word: str


@dataclass(frozen=True, slots=True)
class Renaming:
    """What a new name changes."""

    files: tuple[FixedFile, ...]
    """By their paths before the rename."""
    moves: Mapping[str, str]
    """New paths by old ones."""
    mentions: tuple[Mention, ...] = ()
    """What is not changed, since only its author knows what it means."""


@dataclass(frozen=True, slots=True)
class _NewNames:
    """What gets a new name, and which."""

    file: str
    """The file of the role or person; empty for a person without one."""
    own: Mapping[str, str]
    """New values of that file's own fields."""
    moves: Mapping[str, str]
    """New paths by old ones."""
    roles: Mapping[str, str] = field(default_factory=dict)
    """New ids by old ones."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """New titles by the keys of old ones."""
    people: Mapping[str, str] = field(default_factory=dict)
    """New names by the keys of old ones."""
    person_ids: Mapping[str, str] = field(default_factory=dict)
    """New ids by old ones."""
    words: tuple[str, str] = ("", "")
    """What the role or person was called in prose, and is called now; empty if that is the same."""

    def of(self, value: Value, is_own: bool) -> str:
        """What `value` is to be; empty where it stays."""
        word = " ".join(str(value.node.value).split())
        if is_own and value.path in self.own:
            return self.own[value.path]
        if value.kind == ROLE:
            return self.roles.get(word, "")
        if value.kind == PERSON:
            return self.person(word)
        if value.kind is FUNCTION:
            return self.titles.get(name_key(word), "")
        if value.kind is RECEIVER:
            return self.roles.get(word) or self.titles.get(name_key(word)) or self.person(word)
        return ""

    def may_be_in(self, text: str) -> bool:
        """Whether `text` may hold an old name: a quick look, since reading all front matter takes long."""
        words = name_key(text)
        return any(
            name_key(old) in words for old in (*self.roles, *self.titles, *self.people, *self.person_ids)
        )

    def person(self, word: str) -> str:
        """The new name of somebody whom a file calls `word`; empty where it stays."""
        if word in self.person_ids:
            return self.person_ids[word]
        key = name_key(word)
        ids = {name_key(old): new for old, new in self.person_ids.items()}
        return self.people.get(key) or ids.get(key, "")


def rename_role(
    project: Project, organisation: Organisation, role: Role, new_id: str, title: str = ""
) -> Renaming:
    """Give `role` the file name `new_id`, and a `title` if there is one.

    A folder that is called like the role and lies beside its file or around it gets the new name, too.

    Raises:
        NotRenamed: a file is in the way, or says something in a way that cannot be changed safely.
    """
    moves = _moves_of_role(project, role, new_id)
    names = _NewNames(
        file=role.file.path,
        own={"title": title} if title else {},
        moves=moves,
        roles={role.id: new_id} if new_id != role.id else {},
        titles={name_key(role.title): title} if title else {},
        words=(role.title, title) if title else ("", ""),
    )
    return _Rename(project, organisation, names).renaming()


def rename_person(
    project: Project, organisation: Organisation, person: Person, new_id: str, name: str = ""
) -> Renaming:
    """Give `person` the `name` if there is one, and their file the name `new_id`.

    Raises:
        NotRenamed: see `rename_role`.
    """
    path = person.file.path if person.file else ""
    goal = posixpath.join(posixpath.dirname(path), f"{new_id}.md") if path else ""
    names = _NewNames(
        file=path,
        own={"name": name} if name else {},
        moves={path: goal} if goal != path else {},
        people={name_key(person.name): name} if name else {},
        person_ids={person.id: new_id} if person.file and new_id != person.id else {},
        words=(person.name, name) if name else ("", ""),
    )
    return _Rename(project, organisation, names).renaming()


def _moves_of_role(project: Project, role: Role, new_id: str) -> dict[str, str]:
    """New paths, by old ones, of the role's file and of what is in the folder that has its name."""
    path = role.file.path
    above, name = posixpath.split(path)
    if name == f"{new_id}.md":
        return {}
    around = posixpath.basename(above) == role.id and above != posixpath.normpath(project.options.roles_dir)
    folder = above if around else f"{above}/{role.id}"
    goal = f"{posixpath.dirname(folder)}/{new_id}"
    moves = {}
    if not files.is_there(project.root, goal) or goal.casefold() == folder.casefold():
        moves = {
            each: f"{goal}/{posixpath.relpath(each, folder)}" for each in files.below(project.root, folder)
        }
    moves[path] = f"{posixpath.dirname(moves.get(path, path))}/{new_id}.md"
    return moves


class _Rename:
    """One rename, all through a handbook."""

    def __init__(self, project: Project, organisation: Organisation, names: _NewNames) -> None:
        self._project, self._organisation, self._names = project, organisation, names
        self._folders = folders_of(project)
        self._roles = {role.file.path for role in organisation.roles.values()}
        self._people = {person.file.path for person in organisation.people.values() if person.file}
        self._pages = dict(self._moved_pages())
        self._site = Addresses(project.url, self._pages, names.roles)

    def renaming(self) -> Renaming:
        """All that changes."""
        paths, settings = list(self._paths()), self._configurations()
        changed = [self._page(path) for path in paths]
        changed += [self._configuration(path) for path in settings]
        files = [file for file in changed if file]
        texts = {file.path: file.after for file in files}
        mentions = [each for path in self._inherited(settings) for each in self._former_in(path)]
        mentions += [each for path in sorted(paths) for each in self._mentions(path, texts.get(path))]
        return Renaming(tuple(files), self._names.moves, tuple(mentions))

    def _mentions(self, path: str, text: str | None) -> Iterator[Mention]:
        """Find the old name in the prose of the page at `path`; it will hold `text`, or stays as it is."""
        old, new = self._names.words
        text = self._text(path) if text is None else text
        # What the guide says of somebody is about its own example.
        if not old or not text or old not in text or is_of_guide(path, text):
            return
        word = re.compile(rf"(?<!\w){re.escape(old)}(?!\w)")
        for number, line in enumerate(text.splitlines(), 1):
            if word.search(line.replace(new, "")):
                yield Mention(self._names.moves.get(path, path), number, old)

    def _configurations(self) -> list[str]:
        """The configurations of the handbook's editions."""
        return sorted(path.name for path in self._project.root.glob("mkdocs*.y*ml"))

    def _inherited(self, settings: Iterable[str]) -> list[str]:
        """Configurations from which `settings` inherit. They may belong to somebody else."""
        found = list(settings)
        for path in found:
            node = composed(self._text(path) or "")
            for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
                if key.value == "INHERIT" and isinstance(value, yaml.ScalarNode):
                    base = posixpath.normpath(posixpath.join(posixpath.dirname(path), str(value.value)))
                    found += [] if base in found else [base]
        return found[len(list(settings)) :]

    def _former_in(self, path: str) -> Iterator[Mention]:
        """Find what a rename would have to change in the inherited configuration at `path`."""
        changed = self._configuration(path)
        yield from (Mention(path, each.line, each.before) for each in (changed.fixes if changed else ()))

    def _paths(self) -> Iterator[str]:
        """The pages that may name a role or a person."""
        options = self._project.options
        folders = (options.roles_dir, options.people_dir, self._project.docs_dir)
        found = (
            path for folder in folders for path in files.below(self._project.root, posixpath.normpath(folder))
        )
        pages = (path for path in found if path.endswith(".md"))
        yield from dict.fromkeys((*pages, *files.pages_at_top(self._project.root)))

    def _moved_pages(self) -> Iterator[tuple[str, str]]:
        """New places on the site by old ones."""
        for old, new in self._names.moves.items():
            place, goal = self._folders.to_site(old), self._folders.to_site(new)
            if place and goal:
                yield place, goal
        for old, new in self._names.roles.items():
            for folder in (JOBS, CHARTS, TREE):
                yield f"{folder}/{old}.md", f"{folder}/{new}.md"
        for person in self._organisation.people.values():
            if person.file is None and (name := self._names.people.get(name_key(person.name))):
                yield f"{PEOPLE}/{person.id}.md", f"{PEOPLE}/{slug(name)}.md"

    # --- pages -----------------------------------------------------------------------------------

    def _page(self, path: str) -> FixedFile | None:
        whole = self._text(path)
        if whole is None:
            return None
        front = FRONT.match(whole)
        written = front[1] if front else ""
        record = self._record(path)
        named = record and (path == self._names.file or self._names.may_be_in(written))
        named = named or self._site.may_be_in(written)
        edits = list(self._fields(path, written, record)) if named else []
        start = front.end() if front else 0
        links = list(self._links(path, whole[start:], whole.count("\n", 0, start)))
        links += self._addresses(path, whole[start:], whole.count("\n", 0, start))
        fixes = [each.fix for each in (*edits, *links)]
        fields = edited(written, edits)
        node = composed(written) if edits else None
        if edits and not (node and says_the_same(node, composed(fields), edits)):
            message = gettext(
                "%(path)s says something that cannot be changed safely. Change it by hand first.", path=path
            )
            raise NotRenamed(message)
        alias = self._alias(path)
        if front and alias:
            fields = self._with_alias(path, fields, alias)
            fixes.append(Fix(path, 0, "", alias))
        if not fixes:
            return None
        head = whole[: front.start(1)] + fields + whole[front.end(1) : start] if front else ""
        return FixedFile(path, whole, head + edited(whole[start:], links), tuple(fixes))

    def _text(self, path: str) -> str | None:
        return files.exact_text(self._project.root, path)

    def _record(self, path: str) -> type | None:
        records = self._project.records
        if path in self._roles:
            return records.role
        if path in self._people:
            return records.person
        return records.business if path == self._project.business_path else None

    def _fields(self, path: str, front: str, record: type | None) -> Iterator[Edit]:
        node = composed(front)
        is_page = record is not None and issubclass(record, BusinessModelFields)
        allowed = PAGE_FIELDS if is_page else frozenset()
        found = values(node, declarations(record), allowed) if node and record else ()
        for value in found:
            new = self._names.of(value, path == self._names.file) if value.kind else ""
            if new and new != value.node.value:
                change = edit(path, value.node, new, front)
                if change is None:
                    line = value.node.start_mark.line + 2
                    message = gettext(
                        "%(place)s: write %(field)s on one line first.",
                        place=f"{path}:{line}",
                        field=value.path,
                    )
                    raise NotRenamed(message)
                yield change
        for leaf, _ in _scalars(node, set()) if node else ():
            new = self._site.changed(str(leaf.value))
            if new != leaf.value and (change := edit(path, leaf, new, front)):
                yield change

    def _addresses(self, path: str, body: str, lines_before: int) -> Iterator[Edit]:
        """Find addresses of the site in a text. Those in code are left: they may be examples."""
        in_code = list(code(body)) if self._site.may_be_in(body) else []
        for start, old, new in self._site.found(body):
            if not any(begin <= start < end for begin, end in in_code):
                line = lines_before + body.count("\n", 0, start) + 1
                yield Edit(start, start + len(old), new, Fix(path, line, old, new))

    def _links(self, path: str, body: str, lines_before: int) -> Iterator[Edit]:
        for target in targets(body):
            new = self._link(target.link, path)
            if new != target.link:
                line = lines_before + body.count("\n", 0, target.start) + 1
                yield Edit(target.start, target.end, new, Fix(path, line, target.link, new))

    def _link(self, link: str, path: str) -> str:
        """`link` in the file at `path` as it leads to the same page afterwards."""
        try:
            scheme, host, way, query, fragment = urlsplit(link)
        except ValueError:
            return link
        if scheme or host or not way or way.startswith("/"):
            return link
        moves = self._names.moves
        here = posixpath.dirname(path), posixpath.dirname(moves.get(path, path))
        target = _joined(here[0], way)
        is_file = target in moves
        if is_file:
            goal = moves.get(target, target)
        else:  # It may be written as the site has it.
            places = [self._folders.to_site(each) or "" for each in (path, moves.get(path, path))]
            here = posixpath.dirname(places[0]), posixpath.dirname(places[1])
            target = _joined(here[0], way)
            goal = self._pages.get(target, target)
        for old, new in self._names.roles.items():
            fragment = anchor_of(new) if fragment == anchor_of(old) else fragment
        if _joined(here[1], way) != goal and (is_file or target in self._pages):
            way = quote(posixpath.relpath(goal, here[1] or "."))
        return urlunsplit(("", "", way, query, fragment))

    # --- aliases ---------------------------------------------------------------------------------

    def _alias(self, path: str) -> str:
        """The former path that the file at `path` must name as an alias; empty if it has not moved."""
        return path if path in self._names.moves and path in self._roles | self._people else ""

    def _with_alias(self, path: str, front: str, alias: str) -> str:
        """The front matter with `alias` as the last one."""
        node = composed(front)
        pairs = node.value if isinstance(node, yaml.MappingNode) else []
        there = next((value for key, value in pairs if key.value == "aliases"), None)
        after = with_item(front, node, there, scalar(alias, in_brackets=True))
        if not adds(node, composed(after), alias):
            if there:
                message = gettext(
                    "%(path)s: write %(field)s as a list %(example)s on one line first.",
                    path=path,
                    field="aliases",
                    example="[a, b]",
                )
            else:
                message = gettext("%(path)s: write each field on a line of its own first.", path=path)
            raise NotRenamed(message)
        return after

    # --- the configuration -----------------------------------------------------------------------

    def _configuration(self, path: str) -> FixedFile | None:
        whole = self._text(path)
        node = composed(whole) if whole else None
        if whole is None or node is None:
            return None
        edits = []
        for value, is_founder in _scalars(node, set()):
            word = str(value.value)
            new = self._names.person(word) if is_founder else self._pages.get(word, self._site.changed(word))
            if new and new != word and (change := edit(path, value, new, whole)):
                fix = Fix(path, value.start_mark.line + 1, word, new)
                edits.append(Edit(change.start, change.end, change.text, fix))
        after = edited(whole, edits)
        if not edits or not says_the_same(node, composed(after), edits):
            return None
        return FixedFile(path, whole, after, tuple(each.fix for each in edits))


def _joined(folder: str, way: str) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(way)))


def _scalars(
    node: yaml.Node, seen: set[int], is_founder: bool = False
) -> Iterator[tuple[yaml.ScalarNode, bool]]:
    """List the plain values in `node`, without names of fields; each says whether it is one of `founders`.

    Nodes in `seen` are skipped: a reference gives the same node once more, even within itself.
    """
    if id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, yaml.ScalarNode):
        yield node, is_founder
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _scalars(item, seen, is_founder)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _scalars(value, seen, str(key.value) == "founders")
