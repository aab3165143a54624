"""How a codebook is changed so that it stays a codebook: codes merged, split, moved, renamed, retired, reactivated.

Each function takes the tree as it stands and returns the edits to be written, the code that is meant first; nothing is
stored here. All raise InputRefused where the change makes no sense, with what to do instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hsreview.base.errors import InputRefused
from hsreview.base.messages import _
from hsreview.base.terminal import visible
from hsreview.model.codebook import Status
from hsreview.model.codebook_nodes import CodeNode, CodeTree, Edit
from hsreview.model.localized import Localized

_CODEBOOK = "codebook"
_TEXTS = ("definition", "use", "not_use", "example", "cues")


def merge(tree: CodeTree, sources: Sequence[str], target_id: str) -> list[Edit]:
    """Let the code `target_id` take over `sources`; what stands below them moves below it."""
    target = _code(tree, target_id)
    if target.status != Status.ACTIVE or not target.codable:
        told = _("{code} is not used for coding: nothing can be merged into it. See: hsreview codebook reactivate")
        raise InputRefused(told.format(code=visible(target.ref)))
    edits, moved = [], []
    for source_id in sources:
        source = _code(tree, source_id)
        if source_id == target_id:
            raise InputRefused(_("{code} cannot be merged into itself.").format(code=visible(source.ref)))
        if not source.in_use and source.status != Status.RETIRED:
            raise _not_in_use(source)
        below = tree.below(source_id)
        if target_id in {node.id for node in below}:
            raise InputRefused(
                _("{target} stands below {code}: move it first, then merge.").format(
                    target=visible(target.ref), code=visible(source.ref)
                )
            )
        edits.append(Edit("code", source_id, {"status": str(Status.MERGED), "merged_into": target_id}))
        moved += [node for node in below if node.parent_id == source_id and node.id not in sources]
    edits += [Edit("code", node.id, {"parent_id": target_id}) for node in moved]
    return edits + _named_anew(tree, {tree.by_id[each].ref: target.ref for each in sources})


def move(
    tree: CodeTree, node_id: str, *, under: str | None = None, before: str | None = None, after: str | None = None
) -> list[Edit]:
    """Put a code below a theme or code (`under`, at its end), or a code or theme beside another one of its kind."""
    node = _node(tree, node_id)
    beside = before or after
    if (under is None) == (beside is None) or (before and after):
        raise InputRefused(_("Say where to: under a theme or code, or before or after another code."))
    if beside is not None:
        other = _node(tree, beside)
        if other.id == node.id or (other.kind == "code") != (node.kind == "code"):
            raise InputRefused(_("A code is moved beside another code, a theme beside another theme."))
        line = [each for each in tree.siblings(other) if each.id != node.id]
        place = line.index(other) + (after is not None)
        parent_id = other.parent_id
    else:
        assert under is not None
        if node.kind != "code":
            raise InputRefused(_("A theme cannot stand below another one; say before or after which it comes."))
        parent_id = _node(tree, under).id
        line = [each for each in tree.children(parent_id) if each.id != node.id]
        place = len(line)
    if node.kind == "code":
        _check_parent(tree, node, parent_id)
    edits = _arranged(line, node, place, parent_id)
    if not edits:
        raise InputRefused(_("{code} stands there already.").format(code=visible(node.ref)))
    return edits


def _check_parent(tree: CodeTree, node: CodeNode, parent_id: str | None) -> None:
    parent = tree.by_id.get(parent_id or "")
    if parent is None or not parent.in_use:
        raise InputRefused(_("A code can only be moved below a theme or code that is in use."))
    if parent.id == node.id or parent.id in {each.id for each in tree.below(node.id)}:
        raise InputRefused(
            _("{code} cannot be moved below itself or below a code that stands under it.").format(
                code=visible(node.ref)
            )
        )


def _arranged(line: Sequence[CodeNode], node: CodeNode, place: int, parent_id: str | None) -> list[Edit]:
    """Edits that put `node` at `place` of `line` (its future siblings): as few others change as can be."""
    last = line[place - 1].position if place else None
    following = line[place:]
    if last is not None and (node.position <= last or (following and node.position >= following[0].position)):
        position = last + 1
    elif last is None and following and node.position >= following[0].position:
        position = following[0].position - 1
    else:
        position = node.position
    fields: dict[str, Any] = {}
    if position != node.position:
        fields["position"] = position
    if parent_id != node.parent_id:
        fields["parent_id"] = parent_id
    if not fields:
        return []
    edits = [Edit("code", node.id, fields)]
    for each in following:
        if each.position > position:
            break
        position += 1
        edits.append(Edit("code", each.id, {"position": position}))
    return edits


def rename(tree: CodeTree, node_id: str, ref: str) -> list[Edit]:
    """Give a code or theme another ref; what names it (modifiers, passes) follows. Its id stays, and so its codings."""
    node = _node(tree, node_id)
    if ref == node.ref:
        raise InputRefused(_("{code} has this reference already.").format(code=visible(ref)))
    _check_free(tree, ref, node_id)
    return [Edit("code", node_id, {"ref": ref}), *_named_anew(tree, {node.ref: ref})]


def _check_free(tree: CodeTree, ref: str, node_id: str = "") -> None:
    # A ref that bore another meaning before would make old printed codebooks lie.
    if any(node.ref == ref and node.kind != "question" and node.id != node_id for node in tree.nodes):
        raise InputRefused(
            _("The reference {ref} is or was that of another code or theme; choose one that was never used.").format(
                ref=visible(ref)
            )
        )


def retire(tree: CodeTree, code_id: str) -> list[Edit]:
    """Take a code, and every code below it, out of the codebook; their codings stay and keep it."""
    code = _code(tree, code_id)
    if not code.in_use:
        raise _not_in_use(code)
    gone = [code, *(node for node in tree.below(code_id) if node.in_use)]
    edits = [Edit("code", node.id, {"status": str(Status.RETIRED)}) for node in gone]
    return edits + _named_anew(tree, {node.ref: "" for node in gone})


def deactivate(tree: CodeTree, code_id: str) -> list[Edit]:
    """Let a code stay where it is, with its codings, and take no new ones."""
    code = _code(tree, code_id)
    if not code.in_use:
        raise _not_in_use(code)
    if not code.codable:
        raise InputRefused(_("{code} is not used for coding as it is.").format(code=visible(code.ref)))
    return [Edit("code", code_id, {"codable": 0})]


def reactivate(tree: CodeTree, code_id: str) -> list[Edit]:
    """Use a code again that was deactivated, retired, refused or merged; a merged one gets its codings back."""
    code = _code(tree, code_id)
    fields: dict[str, Any] = {}
    if not code.in_use:
        _check_free(tree, code.ref, code_id)
        fields |= {"status": str(Status.ACTIVE), "merged_into": None}
        parent = _living(tree, code)
        if parent != code.parent_id:
            fields["parent_id"] = parent
    if not code.codable:
        fields["codable"] = 1
    if not fields:
        raise InputRefused(_("{code} is in use already.").format(code=visible(code.ref)))
    return [Edit("code", code_id, fields)]


def _living(tree: CodeTree, code: CodeNode) -> str | None:
    """The nearest node that is in use above a code; above a merged one stands what took it over."""
    parent = tree.by_id.get(code.parent_id or "")
    seen = {code.id}
    while parent is not None and not parent.in_use and parent.id not in seen:
        seen.add(parent.id)
        parent = tree.by_id.get(parent.merged_into or parent.parent_id or "")
    if parent is None or parent.id in seen or code.id in {each.id for each in tree.above(parent)}:
        return None
    return parent.id


def branch_off(tree: CodeTree, code_id: str, new_id: str, label: Localized, ref: str = "") -> list[Edit]:
    """A new code right after `code_id`, for what is split from it; it serves the same questions and groups.

    Without a `ref`, it gets the next free number of its theme.
    """
    code = splittable(tree, code_id)
    if not label:
        raise InputRefused(_("A code needs a label in at least one language."))
    ref = ref or _free_ref(tree, code)
    _check_free(tree, ref)
    data = {**code.data, **{name: {} for name in _TEXTS}, "label": label.to_json()}
    line = tree.siblings(code)
    place = line.index(code) + 1
    # It begins behind all others, so that putting it in its place is an ordinary move.
    new = CodeNode(new_id, "code", ref, code.parent_id, line[-1].position + 1, str(Status.ACTIVE), None, True, data)
    arranged = {edit.id: edit.fields for edit in _arranged(line, new, place, code.parent_id)}
    fields = {
        "kind": "code", "ref": ref, "parent_id": code.parent_id, "status": str(Status.ACTIVE), "merged_into": None,
        "codable": 1, "data": data, "reason": "", "coder_id": None, "created": "",
        "position": arranged.pop(new_id, {}).get("position", new.position),
    }  # fmt: skip
    return [Edit("code", new_id, fields), *(Edit("code", each, moved) for each, moved in arranged.items())]


def splittable(tree: CodeTree, code_id: str) -> CodeNode:
    """The code, if it can be split."""
    code = _code(tree, code_id)
    if not code.in_use:
        raise _not_in_use(code)
    return code


def _free_ref(tree: CodeTree, code: CodeNode) -> str:
    theme = next((node for node in tree.above(code) if node.kind == "theme"), code)
    taken = {node.ref for node in tree.nodes}
    return next(f"{theme.ref}{number}" for number in range(1, len(taken) + 2) if f"{theme.ref}{number}" not in taken)


def _named_anew(tree: CodeTree, refs: Mapping[str, str]) -> list[Edit]:
    """The edit of the codebook in which whatever names one of `refs` names the new ref; an empty one is left out."""
    lists = {"modifiers": ("applies_to",), "passes": ("themes", "then")}
    data = dict(tree.data)
    for key, fields in lists.items():
        data[key] = [
            {**entry, **{field: _renamed(entry.get(field, ()), refs) for field in fields if field in entry}}
            for entry in data.get(key, ())
        ]
    changed = {key: data[key] for key in lists if data[key] != tree.data.get(key, [])}
    return [Edit("codebook", _CODEBOOK, {"data": {**tree.data, **changed}})] if changed else []


def _renamed(names: Iterable[str], refs: Mapping[str, str]) -> list[str]:
    return list(dict.fromkeys(filter(None, (refs.get(name, name) for name in names))))


def _node(tree: CodeTree, node_id: str) -> CodeNode:
    node = tree.by_id.get(node_id)
    if node is None or node.kind == "question":
        raise InputRefused(_("This code is not (or no longer) in the codebook."))
    return node


def _code(tree: CodeTree, code_id: str) -> CodeNode:
    node = _node(tree, code_id)
    if node.kind != "code":
        raise InputRefused(_("{theme} is a theme; only codes can be changed so.").format(theme=visible(node.ref)))
    return node


def _not_in_use(code: CodeNode) -> InputRefused:
    return InputRefused(
        _("{code} is not in use: it was merged, refused or retired. See: hsreview codebook reactivate").format(
            code=visible(code.ref)
        )
    )
