"""What is told after a withdrawal: nothing where nothing is to be done, and else where it stands and what to do."""

from __future__ import annotations

from pathlib import Path

from hsreview.model.localized import Localized
from hsreview.model.people import Coder
from hsreview.project.project import Project
from hsreview.workflows import coding as acts
from hsreview.workflows.codebooks import proposals
from hsreview.workflows.importing import ImportOptions, Staged, store
from hsreview.workflows.people import set_speaker
from hsreview.workflows.reading import find_transcript
from hsreview.workflows.withdrawal_told import done_lines, plan_lines
from hsreview.workflows.withdrawing import Withdrawn, find, plan, withdraw
from tests.builders import a_project, staged


def _interview(project: Project, coder: Coder, name: str, said: str, person: str) -> None:
    read = Staged(Path(f"{name}.txt"), staged(f"R1 : {said}\n", name))
    store(project, coder, [read], ImportOptions(group="cso", gated=False))
    set_speaker(project, coder, find_transcript(project, name).id, "R1", respondent=person)


def _withdrawn(project: Project, coder: Coder, person: str) -> Withdrawn:
    return withdraw(project, coder, plan(project, coder, find(project, person)), "request")


def test_a_word_of_others_with_the_same_end_is_no_word_of_theirs(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path)
    _interview(project, awa, "un", "La régénération et le désenclavement.", "CSO-1")
    _interview(project, awa, "deux", "Chaque GÉNÉRATION parle de l’enclavement.", "CSO-2")
    done = _withdrawn(project, awa, "CSO-1")
    assert done.residue.words == 0 and done.residue.files == (), "nobody is sent to look for what others said"
    assert not any("Still holds" in line for line in done_lines(project, done))


def test_what_others_wrote_is_told_with_the_command_that_shows_it(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path)
    _interview(project, awa, "un", "Le barrage de Kalabougouni est fermé.", "CSO-1")
    acts.write_memo(project, awa, "Revoir Kalabougouni.", transcript_id=find_transcript(project, "cso-1").id)
    told = "\n".join(done_lines(project, _withdrawn(project, awa, "CSO-1")))
    assert "memo cso-1 · Awa: has a word that nobody else said (hsreview memos list --transcript cso-1)" in told
    assert told.count("alabougouni") == 0, "the words themselves are not quoted"


def test_why_a_code_was_proposed_is_told_and_goes_where_it_names_the_interview(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path)
    _interview(project, awa, "p18", "Le barrage est fermé.", "CSO-1")
    acts.propose_code(project, awa, Localized(fr="Digue"), theme_ref="D", reason="vu dans P18, deux fois")
    planned = plan(project, awa, find(project, "CSO-1"))
    assert any("The reason given for the code" in line and "Digue" in line for line in plan_lines(project, planned))
    withdraw(project, awa, planned, "request")
    [left] = proposals(project)
    assert left.reason == "vu dans [retrait], deux fois"
    said = project.connection.execute("select group_concat(body) from change where kind like 'code.%'").fetchone()[0]
    assert "P18" not in said, "in no earlier state either"


def test_a_person_who_is_called_like_the_interview_is_told_from_it(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path)
    read = Staged(Path("marché.txt"), staged("R1 : Un prix.\nR2 : Deux prix.\nR3 : Trois.\n", "marché"))
    store(project, awa, [read], ImportOptions(group="cso", gated=False))
    set_speaker(project, awa, find_transcript(project, "marché").id, "R1", respondent="marché")
    told = list(plan_lines(project, plan(project, awa, find(project, "marché"))))
    assert told[0] == "What goes with the person marché:" and "An interview is called marché too" in told[1]
    assert "  interview marché: 1 of 3 turns, 2 words; what 2 others say stays" in told
