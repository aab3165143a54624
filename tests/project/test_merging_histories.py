"""Random histories on several replicas, exchanged in random order with repeats and losses, end in one state."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hsreview.base.errors import HsreviewError
from hsreview.base.ids import derived_id, new_id
from hsreview.model.framework import EvidenceRole, FrozenRow, RowKind, SourceKind, Stance
from hsreview.model.localized import Localized
from hsreview.model.observation import Observation
from hsreview.model.people import Coder, CoderRole
from hsreview.model.validation import Ballot, CommentKind, Party, Rule, Side, Tally
from hsreview.project import validations as meetings
from hsreview.project.conflicts import conflicts, decide
from hsreview.project.doctor import examine
from hsreview.project.framework import rows
from hsreview.project.framework_versions import add_version, versions
from hsreview.project.merging import merge
from hsreview.project.observations import observations, put_observation
from hsreview.project.project import FILE_NAME, Project
from hsreview.workflows import coding as acts
from hsreview.workflows import undoing
from hsreview.workflows.codebooks import change_code, decide_proposal, proposals
from hsreview.workflows.coders import rename_coder, set_role, store_coder
from hsreview.workflows.conflicts import open_conflicts
from hsreview.workflows.evidence import grounds
from hsreview.workflows.framework_rows import add_row, change_row, framework, link, remove_rows, unlink
from hsreview.workflows.importing import ImportOptions, Staged, store
from hsreview.workflows.people import Role, relabel_turn, set_speaker
from hsreview.workflows.reading import codings_of, memos_of, transcripts
from hsreview.workflows.tracing import trace
from hsreview.workflows.transcripts import change_transcript, remove_transcript
from hsreview.workflows.undoing import skip_undo
from tests.builders import TEXT, a_project, code_id, opened, staged
from tests.project.teams import correct, package, tables

LENGTH = len(TEXT)
Act = Callable[[Project, Coder, int, int], object]


def _code(project: Project, coder: Coder, a: int, b: int) -> object:
    start = a * 7 % (LENGTH - 30)
    code = code_id(("D1", "D2", "K4")[b % 3])
    return acts.add_codings(project, coder, opened(project).version.id, start, start + 1 + b % 25, [code])


def _own(project: Project, coder: Coder, n: int) -> str:
    own = sorted(each.id for each in codings_of(project) if each.coder_id == coder.id)
    return own[n % len(own)] if own else ""


def _decide_on_proposal(project: Project, coder: Coder, a: int, b: int) -> None:
    open_ = proposals(project)
    if not open_:
        return
    code = open_[a % len(open_)].code.id
    kind = ("merge", "refuse", "accept")[b % 3]
    into, ref = (code_id("D1"), None) if kind == "merge" else (None, f"P{a % 3}")
    theme = project.connection.execute("select id from code where kind = 'theme'").fetchone()[0]
    decide_proposal(project, coder, code, kind, reason="why", into=into, ref=ref, theme_id=theme)


def _decision(project: Project, coder: Coder, a: int, b: int) -> object:
    version = opened(project).version.id
    with project.act(coder.id) as act:
        return act.put(
            "decision", derived_id("difference", str(a % 2)), version_id=version, basis=[["x", str(b)]],
            coder_id=coder.id, outcome=("take", "both", "neither")[b % 3], taken=coder.id, result=[],
            because="why", at=act.at,
        )  # fmt: skip


def _adopt(project: Project, coder: Coder, a: int, b: int) -> object:
    text = opened(project)
    adoption = derived_id("adoption", text.transcript.id)
    with project.act(coder.id) as act:
        if b % 4 == 0:
            return act.remove("adoption", adoption)
        return act.put(
            "adoption", adoption, transcript_id=text.transcript.id, version_id=text.version.id,
            source_coder_id=str(b % 3), because="why", coder_id=coder.id, at=act.at, **{"pass": ""},
        )  # fmt: skip


def _rule(project: Project, coder: Coder, a: int, b: int) -> object:
    found = conflicts(project.connection)
    if not found:
        return None
    conflict = found[a % len(found)]
    return decide(project, coder, conflict.id, conflict.values[b % len(conflict.values)].record, "why")


def _put_away(project: Project, coder: Coder, a: int, b: int) -> object:
    with project.act(coder.id) as act:
        if b % 2:
            return act.put("code", code_id("D2"), status=("active", "retired")[a % 2])
        return act.remove("code", code_id("K4"))


def _set(project: Project, coder: Coder, a: int, b: int) -> object:
    with project.act(coder.id) as act:
        return act.put("setting", "agreement.overlap", value=(b % 3 + 1) / 10)


def _import(project: Project, coder: Coder, a: int, b: int) -> object:
    name = f"more-{a % 3}"
    text = f"INT : Question {a % 2}\nR1 : Réponse {b % 2}\n"
    return store(project, coder, [Staged(Path(f"{name}.txt"), staged(text, name))], ImportOptions(group="cso"))


def _correct(project: Project, coder: Coder, a: int, b: int) -> str:
    text = ("Version corrigée\n" if a % 2 else "") + TEXT.replace(("budget", "Les femmes", "\n")[b % 3], "Rien\n")
    return correct(project, coder, text)


def _memo_on_words(project: Project, coder: Coder, a: int, b: int) -> object:
    start = a * 7 % (LENGTH - 40)
    version = opened(project).version.id
    return acts.write_memo(project, coder, f"memo {b}", version_id=version, start=start, end=start + 1 + b % 25)


def _assign(project: Project, coder: Coder, a: int, b: int) -> object:
    transcript = opened(project).transcript.id
    with project.act(coder.id) as act:
        return act.put(
            "assignment", derived_id("assignment", transcript, str(a % 2)), transcript_id=transcript,
            coder_id=coder.id, blind=b % 2, reason="", **{"pass": ""},
        )  # fmt: skip


def _transcript(project: Project, coder: Coder, a: int, b: int) -> None:
    found = transcripts(project)
    chosen = found[a % len(found)]
    if a % 7 == 0 and len(found) > 1:
        remove_transcript(project, coder, found[-1])
        return
    change_transcript(project, coder, chosen, wave=str(b % 3), attributes={"region": ("Gao", "Kidal")[b % 2]})


def _make_row(project: Project, coder: Coder, a: int, b: int) -> object:
    kind = (RowKind.FINDING, RowKind.OUTCOME, RowKind.INDICATOR)[a % 3]
    parents = [each for each in rows(project.connection) if each.kind is RowKind.OUTCOME]
    parent = parents[b % len(parents)] if parents and kind is RowKind.INDICATOR else None
    own = _own(project, coder, a)
    evidence = [(own, list(Stance)[b % 4], EvidenceRole.NONE)] if own and b % 2 else []
    return add_row(project, coder, kind, {"statement_fr": f"Ligne {b}"}, parent=parent, evidence=evidence)


def _write_row(project: Project, coder: Coder, a: int, b: int) -> object:
    found = rows(project.connection)
    row = found[a % len(found)]
    return change_row(project, coder, row, {("statement_fr", "statement_en")[a % 2]: f"Autre {b % 3}", "source": "x"})


def _move_row(project: Project, coder: Coder, a: int, b: int) -> object:
    """Under any row at all, as no screen and no command would: rings, rows of another kind, itself."""
    found = rows(project.connection)
    with project.act(coder.id) as act:
        return act.put("framework_row", found[a % len(found)].id, parent_id=found[b % len(found)].id)


def _remove_row(project: Project, coder: Coder, a: int, b: int) -> None:
    found = framework(project)
    remove_rows(project, coder, found, [found.rows[a % len(found.rows)]])


def _link_row(project: Project, coder: Coder, a: int, b: int) -> object:
    found = framework(project)
    row = found.rows[a % len(found.rows)]
    findings = found.of(RowKind.FINDING)
    source = (SourceKind.CODING, _own(project, coder, b))
    if b % 3 == 0:
        source = (SourceKind.FINDING, findings[b % len(findings)].id)
    return link(project, coder, found, row, [source], list(Stance)[b % 4], note=f"note {b % 2}")


def _unlink_row(project: Project, coder: Coder, a: int, b: int) -> object:
    return unlink(project, coder, [(links := framework(project).evidence)[a % len(links)]])


def _freeze(project: Project, coder: Coder, a: int, b: int) -> None:
    frozen = [FrozenRow(row, Localized("x", "x"), {Stance.SUPPORTS: b}) for row in rows(project.connection)]
    with project.act(coder.id) as act:
        version = add_version(project.connection, act, frozen)
        meeting = meetings.add_validation(
            act, name=f"m{b % 2}", date="2016-05", place="", state="", language="fr", version_id=version, rule=Rule()
        )
        for n, side in enumerate((Side.CSO, Side.OFFICIAL)):
            meetings.add_party(act, meeting, label=f"T{n}", side=side, size=9, position=n)
        for n, each in enumerate(frozen):
            meetings.add_ballot(
                act, meeting, row_id=each.row.id, round_=1, position=n, ref=each.row.ref, kind=each.row.kind,
                text=Localized("x"), badge=each.badge,
            )  # fmt: skip


def _meeting(project: Project, a: int) -> tuple[Ballot, Party]:
    found = meetings.validations(project.connection)
    meeting = found[a % len(found)].id
    ballots, parties = meetings.ballots(project.connection, meeting), meetings.parties(project.connection, meeting)
    return ballots[a % len(ballots)], parties[a % len(parties)]


def _vote(project: Project, coder: Coder, a: int, b: int) -> None:
    ballot, party = _meeting(project, a)
    with project.act(coder.id) as act:
        meetings.put_vote(act, ballot.id, party.id, Tally(b % 4, b % 3))


def _say(project: Project, coder: Coder, a: int, b: int) -> None:
    ballot, party = _meeting(project, a)
    with project.act(coder.id) as act:
        meetings.add_comment(act, ballot.id, party.id, CommentKind.RISK, f"dit {b}", b)
        meetings.add_amendment(act, ballot.id, "", ballot.text, Localized(f"autre {b}"))
        act.put("ballot", ballot.id, outcome=("accepted", "again", None)[b % 3])


def _observe(project: Project, coder: Coder, a: int, b: int) -> None:
    found, seen = rows(project.connection), observations(project.connection)
    known = seen[a % len(seen)].id if seen and b % 2 else ""
    with project.act(coder.id) as act:
        put_observation(act, Observation(known, found[a % len(found)].id, f"201{b % 9}", value=b / 2, level=b % 4))


ACTS: tuple[Act, ...] = (
    _code,
    _code,
    lambda p, c, a, b: acts.remove_coding(p, c, _own(p, c, a)),
    lambda p, c, a, b: acts.change_coding(p, c, _own(p, c, a), end=LENGTH - b % 20, flags=["quote"] if b % 2 else []),
    lambda p, c, a, b: undoing.undo(p, c),
    lambda p, c, a, b: undoing.undo(p, c),
    lambda p, c, a, b: undoing.redo(p, c),
    lambda p, c, a, b: skip_undo(p, c),
    lambda p, c, a, b: acts.write_memo(p, c, f"memo {b}", coding_id=_own(p, c, a)),
    lambda p, c, a, b: acts.remove_memo(p, c, [m.id for m in memos_of(p) if m.coder_id == c.id][-1]),
    lambda p, c, a, b: acts.in_vivo(p, c, opened(p).version.id, 20 + a % 40, 80 + b % 40),
    _decide_on_proposal,
    lambda p, c, a, b: change_code(
        p, c, code_id(("D1", "D2")[a % 2]), texts={"label": Localized(fr=f"L{b % 3}", en=f"L{b % 3}")}
    ),
    lambda p, c, a, b: set_speaker(
        p, c, opened(p).transcript.id, ("R1", "INT")[a % 2], role=list(Role)[b % 3], respondent=f"CSO-{b % 2}"
    ),
    lambda p, c, a, b: relabel_turn(p, c, opened(p).version.id, 2 + a % 4, ("R1", "INT", "R9", None)[b % 4]),
    lambda p, c, a, b: acts.mark_reviewed(p, c, opened(p).transcript.id, bool(b % 3)),
    _decision,
    _adopt,
    _rule,
    _rule,
    _put_away,
    _set,
    _import,
    _correct,
    _memo_on_words,
    _assign,
    _transcript,
    lambda p, c, a, b: rename_coder(p, c.id, c, f"{c.name}{b % 3}"),
    lambda p, c, a, b: set_role(p, c.id, c, CoderRole.LEAD),
    _make_row,
    _make_row,
    _write_row,
    _move_row,
    _remove_row,
    _link_row,
    _unlink_row,
    _freeze,
    _vote,
    _vote,
    _say,
    _observe,
)  # fmt: skip

STEP = st.tuples(st.integers(0, 4), st.sampled_from(range(len(ACTS) + 7)), st.integers(0, 60), st.integers(0, 60))


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, list[Coder]]]:
    """A project folder with three coders; one of them works on two machines."""
    root = tmp_path_factory.mktemp("team") / "base"
    project, awa = a_project(root)
    others = [store_coder(project, Coder(new_id(), name, CoderRole.LEAD)) for name in ("Daan", "Issa")]
    acts.add_codings(project, awa, opened(project).version.id, 20, 30, [code_id("D1")])
    project.connection.execute("pragma wal_checkpoint(truncate)")
    project.close()
    yield root, [awa, awa, *others, others[0]]


class Team:
    """Replicas of one project, each with the coder who sits there."""

    def __init__(self, folder: Path, base: Path, coders: list[Coder], size: int) -> None:
        self.folder = folder
        self.coders = coders[:size]
        self.projects = []
        for n in range(size):
            (folder / str(n)).mkdir()
            shutil.copy(base / FILE_NAME, folder / str(n) / FILE_NAME)
            self.projects.append(Project.open(folder / str(n)))

    def step(self, where: int, what: int, a: int, b: int) -> None:
        """One act, or something that happens between replicas; what is refused or finds nothing changes nothing."""
        where %= len(self.projects)
        project, coder = self.projects[where], self.coders[where]
        if what < len(ACTS):
            try:
                ACTS[what](project, coder, a, b)
            except (HsreviewError, IndexError, ZeroDivisionError):
                return
        elif what == len(ACTS):
            self._copy_folder(where)
        else:
            target = (where + 1 + a % (len(self.projects) - 1)) % len(self.projects)
            mine = coder.id if b % 3 == 1 else ""
            blind = self.coders[target].id if b % 3 == 2 else ""
            given = package(project, mine=mine, blind_for=blind)
            for _time in range(1 + b % 2):
                merge(self.projects[target], [("p", given)])

    def _copy_folder(self, where: int) -> None:
        """The folder is copied elsewhere and work goes on in the copy."""
        old = self.projects[where]
        old.connection.execute("pragma wal_checkpoint(truncate)")
        old.close()
        new = self.folder / new_id()
        shutil.copytree(old.root, new)
        self.projects[where] = Project.open(new)

    def exchange(self, first: int) -> None:
        """Everybody gets everything."""
        first %= len(self.projects)
        others = [project for n, project in enumerate(self.projects) if n != first]
        merged = merge(self.projects[first], [(str(n), package(project)) for n, project in enumerate(others)])
        assert merged.refused == ()
        for project in others:
            assert merge(project, [("all", package(self.projects[first]))]).refused == ()

    def close(self) -> None:
        for project in self.projects:
            project.close()


@settings(
    max_examples=500 if settings().max_examples > 50 else 25,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(st.integers(3, 5), st.lists(STEP, min_size=8, max_size=30), st.integers(0, 4))
def test_replicas_are_equal_after_the_exchange(
    team: tuple[Path, list[Coder]], size: int, steps: list[tuple[int, int, int, int]], first: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        replicas = Team(Path(folder), *team, size)
        try:
            for step in steps:
                replicas.step(*step)
            replicas.exchange(first)
            one, *others = replicas.projects
            assert examine(one.connection) == []
            expected, open_ = tables(one), conflicts(one.connection)
            for other in others:
                assert tables(other) == expected
                assert conflicts(other.connection) == open_
            told = open_conflicts(one)
            assert len(told) == len(open_) and all(value.said for each in told for value in each.values)
            _is_traced(one)
        finally:
            replicas.close()


def _is_traced(project: Project) -> None:
    """Every row can be traced, refs are unique, nothing stands above itself, and down and up agree."""
    found = framework(project)
    assert len({row.ref for row in found.rows}) == len(found.rows)
    frozen = versions(project.connection)
    assert len({each.number for each in frozen}) == len(frozen)
    behind = grounds(project, found)
    for row in found.rows:
        way = trace(project, row.id)
        assert row not in way.above
        assert {each.id for each in way.up} == {each.row_id for each in found.up(row.id)}
        assert len({(step.ground.link.id, step.ground.stance) for step in way.down}) == len(way.down)
        assert behind.strength(row) == way.grounds.strength(row)
        for coding in found.codings(row.id):
            assert row.id in {each.row_id for each in found.up(coding)}
