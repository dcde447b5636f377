"""Organisations of unlikely shapes, as the files of a project."""

from collections.abc import Callable

Files = dict[str, str]


def role(title: str, parent: str = "", **fields: object) -> str:
    lines = [f"title: {title}", *([f"parent: {parent}"] if parent else [])]
    return "\n".join(["---", *lines, *(f"{name}: {value}" for name, value in fields.items()), "---", ""])


def one() -> Files:
    return {"roles/r0.md": role("Owner")}


def chain(length: int) -> Files:
    """Each role reports to the one before."""
    return {f"roles/r{at}.md": role(f"Role {at}", f"r{at - 1}" if at else "") for at in range(length)}


def star(reports: int, **fields: object) -> Files:
    """All report to one."""
    below = {f"roles/r{at}.md": role(f"Role {at}", "r0", **fields) for at in range(1, reports + 1)}
    return {"roles/r0.md": role("Owner", **fields), **below}


def tree(number: int, width: int = 8, **fields: object) -> Files:
    return {
        f"roles/r{at}.md": role(f"Role {at}", f"r{(at - 1) // width}" if at else "", **fields)
        for at in range(number)
    }


def vacant(number: int) -> Files:
    return tree(number, weekly_hours=5)


def one_person(number: int) -> Files:
    return star(number, owner="Ada", backup="Ada", weekly_hours=1)


def everyone(number: int) -> Files:
    """A person for each role."""
    return {
        path: text.replace("---\n", f"---\nowner: Person {at}\nbackup: Person {at + 1}\n", 1)
        for at, (path, text) in enumerate(tree(number).items())
    }


def namesakes(number: int) -> Files:
    return {
        path: text.replace(f"title: Role {path[7:-3]}\n", "title: Manager\n")
        for path, text in tree(number).items()
    }


SHAPES: dict[str, tuple[Callable[[int], Files], int]] = {
    "chain": (chain, 2000),
    "star": (star, 5000),
    "vacant": (vacant, 10_000),
    "one person": (one_person, 5000),
    "a person each": (everyone, 5000),
    "namesakes": (namesakes, 5000),
}
"""Each with the number of roles that it must stand."""
