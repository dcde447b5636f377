"""Runs checks that an owner wrote for her own handbook: Python functions that the option `own_checks` names.

They are code, so they run only where somebody checks or builds the folder: no other command runs them, nor
does anything that reads a state of the handbook from git.
"""

import re
import runpy
import traceback
from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from rolebook import files
from rolebook.checks import CODES, problem_of
from rolebook.checks.declaration import Finding, ModelFile
from rolebook.language import N_, gettext
from rolebook.options import BROKEN_CHECK, WRONG_OPTION, Options, code_of
from rolebook.organisation import Organisation, PersonFile, RoleFile
from rolebook.problems import Problem, Rule, Severity
from rolebook.project import Project
from rolebook.schema.typos import did_you_mean

_NAMED = re.compile(r"([^:]+\.py):([^\W\d]\w*)")
_PARTS = ("role", "person", "field", "message", "hint", "severity")
_ABOUT = ("role", "person")
_EXAMPLE = "{'role': 'shipping', 'message': '…', 'hint': '…'}"

Described = Mapping[str, Any]
"""What `rolebook.json` holds; each check gets one of its own."""


def files_of(options: Options) -> list[str]:
    """The files that hold the checks."""
    named = (_NAMED.fullmatch(each.strip()) for each in options.own_checks)
    return sorted({each[1] for each in named if each})


def problems(
    project: Project, organisation: Organisation, described: Callable[[], Described]
) -> tuple[Problem, ...]:
    """What the owner's own checks find, and what is wrong with these checks."""
    found: list[Problem] = []
    loaded: dict[str, Mapping[str, Any] | Problem] = {}
    for number, named in enumerate(project.options.own_checks):
        line = project.option_line(f"own_checks.{number}")
        parts = _NAMED.fullmatch(named.strip())
        if not parts:
            hint = gettext("Write a file and a function, such as checks.py:staff_have_cover")
            found.append(_wrong(project, line, gettext("own_checks names '%(name)s'", name=named), hint))
            continue
        path, name = parts[1], parts[2]
        if path not in loaded:
            loaded[path] = _loaded(project, path, line)
        within = loaded[path]
        if isinstance(within, Problem):
            found.append(within)
        elif not callable(function := within.get(name)):
            own = [each for each, value in within.items() if callable(value) and not each.startswith("_")]
            hint = did_you_mean(name, own) or gettext("Write the name of a function that is there")
            message = gettext("%(file)s has no function '%(name)s'", file=path, name=name)
            found.append(_wrong(project, line, message, hint))
        elif (code := code_of(named)) in CODES:
            message = gettext(
                "Rolebook has a check '%(code)s', and %(file)s has a function of that name",
                code=code,
                file=path,
            )
            found.append(_wrong(project, line, message, gettext("Give the function another name")))
        else:
            found += _found(
                function, Rule(code, Severity.WARNING, _reason(function)), path, organisation, described
            )
    return tuple(dict.fromkeys(found))


def _wrong(project: Project, line: int, message: str, hint: str) -> Problem:
    return Problem(WRONG_OPTION, project.settings_path, line, message, hint)


def _loaded(project: Project, path: str, line: int) -> Mapping[str, Any] | Problem:
    """What the file defines; a problem if it cannot be run."""
    if PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts:
        message = gettext("'%(path)s' is outside the project", path=path)
        return _wrong(project, line, message, gettext("Write a file beside mkdocs.yml"))
    if not files.is_own_file(project.root, path):
        near = did_you_mean(path, _python_files(project.root))
        message = gettext("own_checks names a file '%(path)s', which is not there", path=path)
        return _wrong(project, line, message, near)
    try:
        return runpy.run_path(file := str(project.root / path))
    except (Exception, SystemExit) as error:
        return _broken(error, path, N_("%(name)s cannot be run (%(why)s)"), path, file)


def _python_files(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in (*root.glob("*.py"), *root.glob("*/*.py")))


def _broken(error: BaseException, path: str, message: str, name: str, file: str, begins: int = 0) -> Problem:
    """A problem with the line of the owner's `file` at which Python broke off, or its check `begins`."""
    steps = [step for step in traceback.extract_tb(error.__traceback__) if step.filename == file]
    line = error.lineno if isinstance(error, SyntaxError) else steps[-1].lineno if steps else begins
    what_it_says = error.msg if isinstance(error, SyntaxError) else f"{error}"
    said = f"{type(error).__name__}: {what_it_says}".partition("\n")[0].rstrip(": .")
    hint = gettext("Correct the line, or remove it from own_checks")
    return Problem(BROKEN_CHECK, path, line or 0, gettext(message, name=name, why=said), hint)


def _reason(function: Callable[..., Any]) -> str:
    return (function.__doc__ or gettext("A check of this handbook's own.")).strip().partition("\n")[0]


def _found(
    function: Callable[[Described], Any],
    rule: Rule,
    path: str,
    organisation: Organisation,
    described: Callable[[], Described],
) -> Iterator[Problem]:
    """What one check finds."""
    code = getattr(function, "__code__", None)
    line = getattr(code, "co_firstlineno", 0)
    try:
        given = function(described())
        entries = (
            list(given) if isinstance(given, Iterable) and not isinstance(given, str | Mapping) else given
        )
    except (Exception, SystemExit) as error:
        file = getattr(code, "co_filename", "")
        message = N_("the check '%(name)s' broke off (%(why)s)")
        yield _broken(error, path, message, rule.code, file, line)
        return
    returns = gettext("Let it give dictionaries such as %(example)s", example=_EXAMPLE)
    if isinstance(given, Coroutine):
        given.close()  # or Python warns that nobody awaits it
    if not isinstance(entries, list):
        message = gettext(
            "the check '%(check)s' gave %(value)s instead of a list",
            check=rule.code,
            value=type(entries).__name__,
        )
        yield Problem(BROKEN_CHECK, path, line, message, returns)
        return
    for entry in entries:
        if message := _not_understood(rule.code, entry, organisation):
            yield Problem(BROKEN_CHECK, path, line, message, returns)
        else:
            severity = Severity(entry.get("severity", rule.severity))
            yield problem_of(Rule(rule.code, severity, rule.reason), _finding(entry, path, organisation))


def _not_understood(check: str, entry: Any, organisation: Organisation) -> str:
    """What is wrong with an entry that a check gave; empty if nothing is."""
    if not isinstance(entry, Mapping):
        text = N_("the check '%(check)s' gave %(value)s instead of a dictionary")
        return gettext(text, check=check, value=f"{entry!r:.60}")
    if unknown := [each for each in entry if each not in _PARTS]:
        text = N_("the check '%(check)s' gave an entry with '%(name)s', which is none of %(names)s")
        return gettext(text, check=check, name=unknown[0], names=", ".join(_PARTS))
    if wrong := [name for name, value in entry.items() if not isinstance(value, str)]:
        text = N_("the check '%(check)s' gave an entry whose '%(name)s' is no text")
        return gettext(text, check=check, name=wrong[0])
    if not entry.get("message", "").strip():
        return gettext("the check '%(check)s' gave an entry without a message", check=check)
    return _of_nobody(check, entry, organisation) or _of_no_severity(check, entry)


def _of_nobody(check: str, entry: Mapping[str, str], organisation: Organisation) -> str:
    """What is wrong with what an entry is about."""
    if "role" in entry and entry["role"] not in organisation.roles:
        text = N_("the check '%(check)s' gave an entry about the role '%(name)s', which is not there")
        return gettext(text, check=check, name=entry["role"])
    if "person" in entry and entry["person"] not in organisation.people:
        text = N_("the check '%(check)s' gave an entry about the person '%(name)s', which is not there")
        return gettext(text, check=check, name=entry["person"])
    if all(about in entry for about in _ABOUT):
        return gettext("the check '%(check)s' gave an entry about both a role and a person", check=check)
    return ""


def _of_no_severity(check: str, entry: Mapping[str, str]) -> str:
    """What is wrong with the severity of an entry."""
    known = [each.value for each in Severity]
    severity = entry.get("severity", known[0])
    if severity in known:
        return ""
    text = N_(
        "the check '%(check)s' gave an entry with the severity '%(severity)s', which is none of %(names)s"
    )
    return gettext(text, check=check, severity=severity, names=", ".join(known))


def _finding(entry: Mapping[str, str], path: str, organisation: Organisation) -> Finding:
    """An entry as what a check of the program finds; what is about nobody is shown at the check's file."""
    file: RoleFile | PersonFile | ModelFile = ModelFile(path)
    if "role" in entry:
        file = organisation.roles[entry["role"]].file
    elif "person" in entry:
        file = organisation.people[entry["person"]].file or ModelFile(path)
    message, hint = (" ".join(entry.get(part, "").split()).rstrip(".") for part in ("message", "hint"))
    return Finding(file, entry.get("field", ""), message, hint)
