"""Rules of the house that no linter knows."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.conftest import ROOT

MODULES = sorted(p for folder in ("hsreview", "scripts", "bench") for p in (ROOT / folder).rglob("*.py"))
PRODUCT = [path for path in MODULES if path.is_relative_to(ROOT / "hsreview")]
POSIX_ONLY = {"fcntl", "termios", "tty", "pty", "pwd", "grp", "resource", "readline", "curses"}
NETWORK = {"socket", "ssl", "http", "urllib.request", "requests", "httpx", "ftplib", "smtplib", "xmlrpc"}


def called(name: str | Path) -> str:
    return Path(name).relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@cache
def nodes(path: Path) -> list[ast.Call | ast.Import | ast.ImportFrom]:
    """What the rules below look at, wherever it stands in a file: a walk takes longer than all of them."""
    return [node for node in ast.walk(tree(path)) if isinstance(node, ast.Call | ast.Import | ast.ImportFrom)]


def tracked() -> list[Path]:
    """The files under version control; none outside of a checkout."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True)
    return [ROOT / name for name in done.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def calls(path: Path) -> Iterator[ast.Call]:
    return (node for node in nodes(path) if isinstance(node, ast.Call))


def imports(path: Path, *, top_only: bool) -> Iterator[str]:
    """The modules that a file imports; with `top_only` those that are imported when the file is."""
    for node in tree(path).body if top_only else nodes(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_no_file_names_this_machine_or_a_package_index() -> None:
    words = [str(ROOT), "py" + "pi.org", "python" + "hosted", "npm" + "js"]
    if len(Path.home().parts) > 1:
        words.append(f"{Path.home()}/")
    pattern = re.compile(b"|".join(re.escape(word.encode()) for word in words))
    found = {called(path): hit[0] for path in tracked() if (hit := pattern.search(path.read_bytes()))}
    assert not found


def test_every_module_says_what_it_is_for() -> None:
    assert not [called(path) for path in MODULES if tree(path).body and not ast.get_docstring(tree(path))]


def test_stored_text_is_never_cut_by_splitlines() -> None:
    """`splitlines` also cuts at form feeds and other characters, which would move every offset; use split("\\n")."""
    found = [
        f"{called(path)}:{call.lineno}"
        for path in PRODUCT
        if "tui" not in path.parts or "text" in path.parts
        for call in calls(path)
        if isinstance(call.func, ast.Attribute) and call.func.attr == "splitlines"
    ]
    assert not found


def test_messages_are_translated_before_they_are_filled_in() -> None:
    """`_(f"…")` and `_("…".format(…))` ask the catalogue for a sentence that it cannot have."""
    found = [
        f"{called(path)}:{call.lineno}"
        for path in PRODUCT
        for call in calls(path)
        if isinstance(call.func, ast.Name) and call.func.id in ("_", "N_", "ngettext")
        for text in call.args[: 2 if call.func.id == "ngettext" else 1]
        if isinstance(text, ast.JoinedStr | ast.BinOp)
        or (isinstance(text, ast.Call) and ast.unparse(text.func).endswith(".format"))
    ]
    assert not found


def test_text_files_are_opened_with_an_encoding() -> None:
    """Without one, Windows reads and writes them in another encoding."""
    found = []
    for path in PRODUCT:
        for call in calls(path):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            method = isinstance(call.func, ast.Attribute)
            given = any(word.arg == "encoding" for word in call.keywords)
            bare = (
                name == "open" and not method and not any("b" in ast.unparse(arg).strip("'") for arg in call.args[1:2])
            )
            needed = {"read_text": 1, "write_text": 2}.get(name, 0) if method else 0
            if not given and (bare or (needed and len(call.args) < needed)):
                found.append(f"{called(path)}:{call.lineno}")
    assert not found


def test_nothing_needs_a_posix_system_to_be_imported() -> None:
    assert not [called(p) for p in PRODUCT if {n.split(".")[0] for n in imports(p, top_only=True)} & POSIX_ONLY]


def test_nothing_imports_the_network() -> None:
    found = {called(path): sorted(hit) for path in PRODUCT if (hit := set(imports(path, top_only=False)) & NETWORK)}
    assert not found


def test_every_module_has_postponed_annotations() -> None:
    bare = [
        called(p)
        for p in MODULES
        if any(imports(p, top_only=True)) and "__future__.annotations" not in imports(p, top_only=True)
    ]
    assert not bare


def test_what_the_readme_promises_is_what_is_run_on_every_change() -> None:
    runner = (ROOT / ".ci" / "run").read_text("utf-8")
    assert re.search(r"^make test$", runner, re.MULTILINE)
    assert re.search(r"^make check$", runner, re.MULTILINE)


def test_what_is_typed_into_a_shell_stands_in_quotes_that_a_shell_takes() -> None:
    wrong = [called(path) for path in PRODUCT if re.search(r"--[a-z-]+[ =][“«]", path.read_text("utf-8"))]
    assert wrong == []
