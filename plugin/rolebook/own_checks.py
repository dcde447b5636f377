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
from rolebook.options import BROKEN_CHECK, WRONG_OPTION, Options, code_of
from rolebook.organisation import Organisation, PersonFile, RoleFile
from rolebook.problems import Problem, Rule, Severity
from rolebook.project import Project
from rolebook.schema.typos import did_you_mean

_NAMED = re.compile(r"([^:]+\.py):([^\W\d]\w*)")
_PARTS = ("role", "person", "field", "message", "hint", "severity")
_ABOUT = ("role", "person")
_RETURNS = "Let it give dictionaries such as {'role': 'shipping', 'message': '…', 'hint': '…'}"

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
            hint = "Write a file and a function, such as checks.py:staff_have_cover"
            found.append(_wrong(project, line, f"own_checks names '{named}'", hint))
            continue
        path, name = parts[1], parts[2]
        if path not in loaded:
            loaded[path] = _loaded(project, path, line)
        within = loaded[path]
        if isinstance(within, Problem):
            found.append(within)
        elif not callable(function := within.get(name)):
            own = [each for each, value in within.items() if callable(value) and not each.startswith("_")]
            hint = did_you_mean(name, own) or "Write the name of a function that is there"
            found.append(_wrong(project, line, f"{path} has no function '{name}'", hint))
        elif (code := code_of(named)) in CODES:
            message = f"Rolebook has a check '{code}', and {path} has a function of that name"
            found.append(_wrong(project, line, message, "Give the function another name"))
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
        return _wrong(project, line, f"'{path}' is outside the project", "Write a file beside mkdocs.yml")
    if not files.is_own_file(project.root, path):
        near = did_you_mean(path, _python_files(project.root))
        return _wrong(project, line, f"own_checks names a file '{path}', which is not there", near)
    try:
        return runpy.run_path(file := str(project.root / path))
    except (Exception, SystemExit) as error:
        return _broken(error, path, f"{path} cannot be run", file)


def _python_files(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in (*root.glob("*.py"), *root.glob("*/*.py")))


def _broken(error: BaseException, path: str, what: str, file: str, begins: int = 0) -> Problem:
    """A problem with the line of the owner's `file` at which Python broke off, or its check `begins`."""
    steps = [step for step in traceback.extract_tb(error.__traceback__) if step.filename == file]
    line = error.lineno if isinstance(error, SyntaxError) else steps[-1].lineno if steps else begins
    what_it_says = error.msg if isinstance(error, SyntaxError) else f"{error}"
    said = f"{type(error).__name__}: {what_it_says}".partition("\n")[0].rstrip(": .")
    return Problem(
        BROKEN_CHECK, path, line or 0, f"{what} ({said})", "Correct the line, or remove it from own_checks"
    )


def _reason(function: Callable[..., Any]) -> str:
    return (function.__doc__ or "A check of this handbook's own.").strip().partition("\n")[0]


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
        yield _broken(error, path, f"the check '{rule.code}' broke off", file, line)
        return
    if isinstance(given, Coroutine):
        given.close()  # or Python warns that nobody awaits it
    if not isinstance(entries, list):
        message = f"the check '{rule.code}' gave {type(entries).__name__} instead of a list"
        yield Problem(BROKEN_CHECK, path, line, message, _RETURNS)
        return
    for entry in entries:
        if why := _not_understood(entry, organisation):
            yield Problem(BROKEN_CHECK, path, line, f"the check '{rule.code}' gave {why}", _RETURNS)
        else:
            severity = Severity(entry.get("severity", rule.severity))
            yield problem_of(Rule(rule.code, severity, rule.reason), _finding(entry, path, organisation))


def _not_understood(entry: Any, organisation: Organisation) -> str:
    """What is wrong with an entry that a check gave; empty if nothing is."""
    if not isinstance(entry, Mapping):
        return f"{entry!r:.60} instead of a dictionary"
    if unknown := [each for each in entry if each not in _PARTS]:
        return f"an entry with '{unknown[0]}', which is none of {', '.join(_PARTS)}"
    if wrong := [name for name, value in entry.items() if not isinstance(value, str)]:
        return f"an entry whose '{wrong[0]}' is no text"
    if not entry.get("message", "").strip():
        return "an entry without a message"
    known = {"role": organisation.roles, "person": organisation.people}
    for about in _ABOUT:
        if about in entry and entry[about] not in known[about]:
            return f"an entry about the {about} '{entry[about]}', which is not there"
    if all(about in entry for about in _ABOUT):
        return "an entry about both a role and a person"
    severities = [each.value for each in Severity]
    if entry.get("severity", severities[0]) not in severities:
        return f"an entry with the severity '{entry['severity']}', which is none of {', '.join(severities)}"
    return ""


def _finding(entry: Mapping[str, str], path: str, organisation: Organisation) -> Finding:
    """An entry as what a check of the program finds; what is about nobody is shown at the check's file."""
    file: RoleFile | PersonFile | ModelFile = ModelFile(path)
    if "role" in entry:
        file = organisation.roles[entry["role"]].file
    elif "person" in entry:
        file = organisation.people[entry["person"]].file or ModelFile(path)
    message, hint = (" ".join(entry.get(part, "").split()).rstrip(".") for part in ("message", "hint"))
    return Finding(file, entry.get("field", ""), message, hint)
