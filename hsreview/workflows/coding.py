"""Coding: each function is one act, committed before it returns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from hsreview.base.errors import InputRefused
from hsreview.base.ids import derived_id, new_id, now
from hsreview.base.messages import _
from hsreview.model.codebook import Code, Codebook, Status
from hsreview.model.codebook_json import code_to_json
from hsreview.model.coding import OWN
from hsreview.model.coding import Coding as Coding
from hsreview.model.coding import Memo as Memo
from hsreview.model.coding import Origin as Origin
from hsreview.model.localized import Localized
from hsreview.model.people import Coder
from hsreview.model.review import reading_of
from hsreview.model.transcript import Transcript
from hsreview.project import passes, queries
from hsreview.project.codebooks import node_fields
from hsreview.project.log import Act
from hsreview.project.project import Project
from hsreview.workflows.consents import check_may_code, check_may_quote
from hsreview.workflows.reading import present_transcript


def add_codings(
    project: Project, coder: Coder, version_id: str, start: int, end: int, code_ids: Iterable[str], *,
    origin: Origin = Origin.TYPED, modifiers: Mapping[str, str] | None = None, flags: Iterable[str] = (),
    pass_: str = "", layer: str = OWN, created: str = "",
) -> list[Coding]:  # fmt: skip
    """Put codes on `[start, end)`; a code that this coder already put on exactly this segment is left as it is.

    A code that was merged stands for the one that took it over. Returns the codings that stand there now, one for
    each code. Raises InputRefused when the segment lies outside the text or a code is unknown or not for coding.
    """
    with project.act(coder.id) as act:
        check_segment(project, version_id, start, end)
        found = []
        wanted = list(dict.fromkeys(project.state.resolve_code(code_id) for code_id in code_ids))
        present = _same_segment(project, coder.id, version_id, start, end, layer, pass_)
        for code_id in wanted:
            check_code(project, code_id)
            if code_id in present:
                found.append(present[code_id])
                continue
            coding = Coding(
                new_id(), version_id, start, end, code_id, coder.id, layer, pass_, origin, dict(modifiers or {}),
                tuple(flags), created or act.at,
            )  # fmt: skip
            put_codings(act, [coding])
            found.append(coding)
    return found


def put_codings(act: Act, codings: Iterable[Coding]) -> None:
    """Write new codings as part of an act. Raises InputRefused where the consent of who speaks does not allow it."""
    new = list(codings)
    check_may_code(act.connection, (coding.version_id for coding in new))
    act.make("coding", ((coding.id, _fields(coding)) for coding in new))


def _fields(coding: Coding) -> dict[str, object]:
    return {
        "version_id": coding.version_id, "start": coding.start, "end": coding.end, "given_code_id": coding.code_id,
        "coder_id": coding.coder_id, "layer": coding.layer, "pass": coding.pass_, "origin": str(coding.origin),
        "modifiers": dict(coding.modifiers), "flags": list(coding.flags), "created": coding.created,
    }  # fmt: skip


def check_segment(project: Project, version_id: str, start: int, end: int) -> None:
    """Raise InputRefused unless `[start, end)` is a stretch of a text version of the project."""
    row = project.connection.execute(
        "select v.length from text_version v join transcript t on t.id = v.transcript_id"
        " where v.id = ? and v.removed = 0 and t.removed = 0",
        (version_id,),
    ).fetchone()
    if row is None:
        raise InputRefused(_("This text is not (or no longer) in the project."))
    if not 0 <= start < end <= row[0]:
        raise InputRefused(
            _("The segment {start}–{end} lies outside the text, which has {length} characters.").format(
                start=start, end=end, length=row[0]
            )
        )


def check_code(project: Project, code_id: str) -> None:
    """Raise InputRefused unless codings may be made with this code."""
    row = project.connection.execute(
        "select kind, codable, status, ref from code where id = ? and removed = 0", (code_id,)
    ).fetchone()
    if row is None or row[0] == "question":
        raise InputRefused(_("This code is not (or no longer) in the codebook."))
    if not row[1] or row[2] in (Status.REFUSED, Status.RETIRED):
        raise InputRefused(_("{code} is not used for coding.").format(code=row[3]))


def check_marks(book: Codebook, modifiers: Mapping[str, str], flags: Iterable[str]) -> None:
    """Raise InputRefused unless the codebook has these modifier values and flags."""
    values = {modifier.ref: {value.ref for value in modifier.values} for modifier in book.modifiers}
    for name, value in modifiers.items():
        if value not in values.get(name, ()):
            known = ", ".join(f"{ref}={each}" for ref, every in values.items() for each in sorted(every))
            raise InputRefused(
                _("There is no modifier {name}. Modifiers: {known}").format(name=f"{name}={value}", known=known or "–")
            )
    for flag in flags:
        if flag not in {each.ref for each in book.flags}:
            known = ", ".join(each.ref for each in book.flags)
            raise InputRefused(_("There is no flag {name}. Flags: {known}").format(name=flag, known=known or "–"))


def _same_segment(
    project: Project, coder_id: str, version_id: str, start: int, end: int, layer: str, pass_: str
) -> dict[str, Coding]:
    rows = project.connection.execute(
        'select id, code_id from coding where version_id = ? and start = ? and "end" = ? and coder_id = ?'
        f" and layer = ? and {passes.reading_column(project.connection)} = ? and removed = 0",
        (version_id, start, end, coder_id, layer, reading_of(pass_, passes.parts(project.connection))),
    ).fetchall()
    return {code: get_coding(project, coding) for coding, code in rows}


def get_coding(project: Project, coding_id: str) -> Coding:
    """The coding with that id. Raises InputRefused when it is gone."""
    found = queries.codings(project.connection, coding_id=coding_id, layer=None)
    if not found:
        raise InputRefused(_("This coding is no longer there."))
    return found[0]


def remove_coding(project: Project, coder: Coder, coding_id: str) -> Coding:
    """Take a coding away (undo brings it back); its memos stay with it in the log. Returns what was removed."""
    with project.act(coder.id) as act:
        coding = get_coding(project, coding_id)
        act.remove("coding", coding_id)  # First, because an act is called after its first record.
        for memo in queries.memos(project.connection, coding_id=coding_id, coder_id=coder.id):
            act.remove("memo", memo.id)
    return coding


def change_coding(
    project: Project, coder: Coder, coding_id: str, *, start: int | None = None, end: int | None = None,
    modifiers: Mapping[str, str] | None = None, flags: Iterable[str] | None = None, code_id: str | None = None,
) -> Coding:  # fmt: skip
    """Change boundaries, code, modifiers or flags of one's own coding; what is null stays.

    Raises InputRefused when the coder put the same code on exactly that segment already.
    """
    with project.act(coder.id) as act:
        old = get_coding(project, coding_id)
        new = replace(
            old,
            start=old.start if start is None else start,
            end=old.end if end is None else end,
            modifiers=old.modifiers if modifiers is None else dict(modifiers),
            flags=old.flags if flags is None else tuple(flags),
            code_id=old.code_id if code_id is None else project.state.resolve_code(code_id),
        )
        check_segment(project, new.version_id, new.start, new.end)
        fields: dict[str, object] = {
            "version_id": new.version_id, "start": new.start, "end": new.end, "modifiers": dict(new.modifiers),
            "flags": list(new.flags),
        }  # fmt: skip
        if new.code_id != old.code_id:
            check_code(project, new.code_id)
            fields["given_code_id"] = new.code_id
        if (new.start, new.end, new.code_id) != (old.start, old.end, old.code_id):
            check_may_code(project.connection, [new.version_id])
            _refuse_twin(project, new)
        act.put("coding", coding_id, **fields)
    return new


def _refuse_twin(project: Project, coding: Coding) -> None:
    there = _same_segment(
        project, coding.coder_id, coding.version_id, coding.start, coding.end, coding.layer, coding.pass_
    )
    if coding.code_id in there:
        (ref,) = project.connection.execute("select ref from code where id = ?", (coding.code_id,)).fetchone()
        raise InputRefused(_("{code} stands on exactly this segment already. Nothing was changed.").format(code=ref))


def write_memo(
    project: Project, coder: Coder, text: str, *, memo_id: str | None = None, transcript_id: str | None = None,
    coding_id: str | None = None, code_id: str | None = None, version_id: str | None = None, start: int | None = None,
    end: int | None = None,
) -> Memo | None:  # fmt: skip
    """Write a memo, or change one's own memo `memo_id`; an empty text removes it (null is returned).

    Raises InputRefused when the memo, or what a new one is about, is not (or no longer) in the project.
    """
    if memo_id is not None and not text.strip():
        remove_memo(project, coder, memo_id)
        return None
    if not text.strip():
        return None
    with project.act(coder.id) as act:
        if memo_id is not None:
            _check_memo(project, memo_id)
            act.put("memo", memo_id, text=text)
        else:
            check_about(
                project, transcript_id=transcript_id, coding_id=coding_id, code_id=code_id, version_id=version_id,
                start=start, end=end,
            )  # fmt: skip
            memo_id = new_id()
            act.put(
                "memo", memo_id, coder_id=coder.id, text=text, transcript_id=transcript_id, coding_id=coding_id,
                code_id=code_id, version_id=version_id, start=start, end=end, created=act.at,
            )  # fmt: skip
    return queries.memos(project.connection, memo_id=memo_id)[0]


def check_about(
    project: Project, *, transcript_id: str | None = None, coding_id: str | None = None, code_id: str | None = None,
    version_id: str | None = None, start: int | None = None, end: int | None = None,
) -> None:  # fmt: skip
    """Raise InputRefused unless what a memo is about is in the project."""
    if transcript_id is not None:
        present_transcript(project, transcript_id)
    if coding_id is not None:
        get_coding(project, coding_id)
    if code_id is not None:
        _check_in_codebook(project, code_id)
    if version_id is not None:
        check_segment(project, version_id, start or 0, end or 0)


def remove_memo(project: Project, coder: Coder, memo_id: str) -> None:
    """Take one's own memo away (undo brings it back)."""
    with project.act(coder.id) as act:
        _check_memo(project, memo_id)
        act.remove("memo", memo_id)


def _check_memo(project: Project, memo_id: str) -> None:
    if not queries.memos(project.connection, memo_id=memo_id):
        raise InputRefused(_("This memo is no longer there."))


def _check_in_codebook(project: Project, code_id: str) -> None:
    if project.connection.execute("select 1 from code where id = ? and removed = 0", (code_id,)).fetchone() is None:
        raise InputRefused(_("This code is not (or no longer) in the codebook."))


def propose_code(
    project: Project, coder: Coder, label: Localized, *, theme_ref: str | None = None, reason: str = "",
    origin: str = "inductive",
) -> Code:  # fmt: skip
    """Propose a new code while coding; it can be used at once and waits for the lead's decision.

    Raises InputRefused when the label is empty.
    """
    _check_label(label)
    with project.act(coder.id) as act:
        return _propose(project, act, label, theme_ref, reason, origin)


def in_vivo(
    project: Project, coder: Coder, version_id: str, start: int, end: int, *, theme_ref: str | None = None,
    pass_: str = "",
) -> tuple[Code, Coding]:  # fmt: skip
    """Code a segment with its own words as the label of a proposed code; both are one act."""
    with project.act(coder.id) as act:
        check_segment(project, version_id, start, end)
        words = queries.text_of(project.connection, version_id)[start:end]
        label = " ".join(words.split())[:80]
        if not label:
            raise InputRefused(_("There are no words in this selection."))
        check_may_quote(project.connection, version_id)
        return _code_with_new(
            project, act, (version_id, start, end), Localized(fr=label, en=label), theme_ref, "in_vivo", pass_
        )


def code_with_new(
    project: Project, coder: Coder, version_id: str, start: int, end: int, label: Localized, pass_: str = ""
) -> tuple[Code, Coding]:
    """Propose a new code and put it on `[start, end)`; both are one act.

    Raises InputRefused when the label is empty or the segment lies outside the text.
    """
    _check_label(label)
    with project.act(coder.id) as act:
        check_segment(project, version_id, start, end)
        return _code_with_new(project, act, (version_id, start, end), label, None, "inductive", pass_)


def _code_with_new(
    project: Project, act: Act, segment: tuple[str, int, int], label: Localized, theme_ref: str | None, origin: str,
    pass_: str,
) -> tuple[Code, Coding]:  # fmt: skip
    code = _propose(project, act, label, theme_ref, "", origin)
    coding = Coding(new_id(), *segment, code.id, act.coder_id, pass_=pass_, created=act.at)
    put_codings(act, [coding])
    return code, coding


def _check_label(label: Localized) -> None:
    if not (label.fr.strip() or label.en.strip()):
        raise InputRefused(_("A code needs a label in at least one language."))


def _propose(project: Project, act: Act, label: Localized, theme_ref: str | None, reason: str, origin: str) -> Code:
    connection = project.connection
    row = connection.execute(
        "select id from code where ref = ? and kind <> 'question' and removed = 0", (theme_ref,)
    ).fetchone()
    taken = {r[0] for r in connection.execute("select ref from code where removed = 0")}
    number = next(n for n in range(1, len(taken) + 2) if f"N{n}" not in taken)
    code = Code(id=new_id(), ref=f"N{number}", label=label, origin=origin, status=Status.PROPOSED)
    fields = node_fields("code", code_to_json(code), row[0] if row else None)
    act.put(
        "code", code.id, **(fields | {"reason": reason, "coder_id": act.coder_id, "created": act.at}), position=10**6
    )
    return code


def put_mark(act: Act, coder: Coder, transcript: Transcript, pass_: str) -> None:
    """Write as part of an act that this coder has finished the transcript's present text."""
    entity = derived_id("reviewed", transcript.id, coder.id, pass_)
    act.put(
        "reviewed", entity, transcript_id=transcript.id, version_id=transcript.version_id, coder_id=coder.id,
        **{"pass": pass_}, at=now(),
    )  # fmt: skip


def mark_reviewed(project: Project, coder: Coder, transcript_id: str, reviewed: bool = True, pass_: str = "") -> None:
    """Say that this coder has finished (or not finished) a transcript: "coded nothing" differs from "did not read"."""
    with project.act(coder.id) as act:
        found = present_transcript(project, transcript_id)
        if not reviewed:
            act.remove("reviewed", derived_id("reviewed", transcript_id, coder.id, pass_))
            return
        put_mark(act, coder, found, pass_)
