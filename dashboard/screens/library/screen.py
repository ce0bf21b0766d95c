"""The Library screen: what was saved, by whom and when; save, open, rename, copy, archive; the whole as one file."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.components.text import literal
from dashboard.screens.library import worth
from dashboard.screens.library.versions import forget_choices, history
from dashboard.session import account, compute, current, fields, memory, messages
from dashboard.shell import library_actions, notices
from library import transfer
from library.errors import LibraryError
from library.store import Library, Right
from library.version import MAX_AUTHOR, MAX_NOTE, MAX_TAGS, Entry, Version
from model.reading.scenario_validation import MAX_NAME, MAX_TEXT
from model.reading.texts import as_shown, one_of_each
from report.words.stamp import shortened

_PER_PAGE = 20
_RENAME, _DUPLICATE, _ARCHIVE, _RESTORE, _APPROVE = "Name and tags", "Duplicate", "Archive", "Restore", "Approve"
_ACTIONS = {
    _DUPLICATE: library_actions.duplicate,
    _ARCHIVE: library_actions.archive,
    _RESTORE: library_actions.restore,
    _APPROVE: library_actions.approve,
}


def draw() -> None:
    """The screen."""
    projection = compute.projection(current.scenario())
    first = st.empty()
    st.caption(
        "What has been saved, by whom and when: every save is a new version with its author and note; nothing is "
        "ever overwritten."
    )
    notices.warnings(projection)
    try:
        library = compute.library()
        entries = library.entries()
    except LibraryError as error:
        st.error(literal(f"{error} The rest of the app works on; Save downloads the scenario.", 1000),
                 icon=":material/block:")  # fmt: skip
    else:
        first.markdown(f"# {literal(_in_short(entries), 500)}")
        _toolbar(library, entries)
        _list(entries)
        st.caption(f"Kept in {literal(library.where, 500)}")
    notices.footer(projection)


def _in_short(entries: Sequence[Entry]) -> str:
    """How much is saved, and what was saved last."""
    kept = [entry.latest for entry in entries if not entry.latest.archived]
    if not kept:
        return "Nothing is saved yet" if not entries else "All that was saved is archived"
    last = max(kept, key=lambda version: version.since)
    who = f"imported by {last.imports[-1].by}" if last.imports else f"by {last.author}"
    by = f" {who}" if who.rpartition("by ")[2] else ""
    many = "One plan is saved:" if len(kept) == 1 else f"{len(kept):,} plans are saved, the latest"
    return f"{many} “{shortened(last.name)}”{by}"


# Save, export, import


def _toolbar(library: Library, entries: Sequence[Entry]) -> None:
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        edits = account.may(Right.EDIT)
        if edits and st.button("Save current scenario", icon=":material/save:", key="library save"):
            _fill("save", library_actions.proposed_name(), library_actions.proposed_description(), _tags_of_origin())
            _save_as(_tags(entries))
        with st.popover("Export and import", icon=":material/swap_vert:", key="library files"):
            _export(library)
            if edits:
                _import()
        worth.compare_button()
        if library.member is None:
            fields.show("author", library_actions.author())
            st.text_input(
                "Your name", key="author", max_chars=MAX_AUTHOR, width=200, on_change=_sign, placeholder="Who saves"
            )


def _sign() -> None:
    library_actions.sign_as(fields.entered("author") or "")


def _fill(form: str, name: str, description: str, tags: Sequence[str]) -> None:
    """What a form shows when it is opened; from then on it shows what is typed, and what is refused of that."""
    messages.forget_refused()
    for field, value in (("name", name), ("description", description), ("tags", list(tags)), ("note", "")):
        fields.show(f"{form} {field}", value)


def _filled(form: str) -> tuple[str, str, tuple[str, ...]]:
    name, description, tags = (fields.entered(f"{form} {field}") for field in ("name", "description", "tags"))
    return name or "", description or "", tuple(tags or ())


def _fields(form: str, tags: Sequence[str], of_description: str = "") -> None:
    st.text_input("Name", key=f"{form} name", max_chars=MAX_NAME)
    st.text_area("Description", key=f"{form} description", max_chars=MAX_TEXT, height=100)
    if of_description:
        st.caption(of_description)
    st.multiselect(
        "Tags",
        sorted({*tags, *(fields.entered(f"{form} tags") or ())}),
        key=f"{form} tags",
        format_func=as_shown,
        accept_new_options=True,
        max_selections=MAX_TAGS,
        placeholder="Choose or type tags",
    )


def _tags_of_origin() -> tuple[str, ...]:
    origin = current.origin()
    return origin.tags if origin else ()


def _of_description() -> str:
    """What to say beside a description that was written for an earlier version."""
    origin = current.origin()
    if origin is None or not origin.scenario.description or origin.scenario == current.scenario():
        return ""
    return f"The description is that of version {origin.number}: see whether it still holds."


@st.dialog("Save current scenario")
def _save_as(tags: Sequence[str]) -> None:
    origin = current.origin()
    with st.form("saving", border=False):
        _fields("save", tags, _of_description())
        st.text_input("Note", key="save note", max_chars=MAX_NOTE, placeholder="What changed, and why")
        with st.container(horizontal=True, gap="small"):
            further = origin and st.form_submit_button(
                "Save as the next version", key="save further", on_click=_save
            )
            anew = st.form_submit_button(
                "Save as a new entry", key="save anew", on_click=_save, kwargs={"anew": True}
            )
    _close_unless_refused(bool(further or anew))


def _save(*, anew: bool = False) -> None:
    name, description, tags = _filled("save")
    library_actions.save(name, description, fields.entered("save note") or "", tags, anew=anew)


def _close_unless_refused(done: bool) -> None:
    notices.refusal()
    if done and messages.refused() is None:
        st.rerun()


def _export(library: Library) -> None:
    st.download_button(
        "Export the library",
        data=lambda: transfer.exported(library),
        file_name="library.json",
        mime="application/json",
        on_click="ignore",
        icon=":material/download:",
    )
    st.caption("One JSON file with every version. What is damaged is named there, not held.")


def _import() -> None:
    key = fields.renewable_key("library file")
    st.file_uploader(
        "Import a library file (JSON)",
        type="json",
        key=key,
        max_upload_size=transfer.MAX_BYTES // 1_000_000,
        on_change=_load,
        args=(key,),
    )
    st.caption("Adds what is not here yet, as imported by you; nothing here changes.")


def _load(key: str) -> None:
    uploaded = fields.entered(key)
    if uploaded is None:
        return
    with library_actions.told(f"The file {literal(uploaded.name)} is not imported; the library stays as it was"):
        done = transfer.imported(
            compute.library(), uploaded.getvalue(), by=library_actions.author(), file=uploaded.name
        )
        messages.announce(_imported(done))
    fields.renew("library file")


def _imported(done: transfer.Imported) -> str:
    parts = [f"Versions added: {done.added:,}; there already: {done.known:,}."]
    if done.diverged:
        parts.append(f"Scenarios that had gone another way here, added beside ours: {done.diverged:,}.")
    if done.lost:
        parts.append(f"Of those added, versions that the file lacks, marked as lost: {done.lost:,}.")
    return " ".join(parts)


# The list


def _list(entries: Sequence[Entry]) -> None:
    if not entries:
        with st.container(border=True):
            st.markdown("**Nothing is saved yet.** Save the current scenario to begin; it can be opened here again.")
        return
    found, with_odds = _filtered(entries)
    pages = max(1, -(-len(found) // _PER_PAGE))
    page = 1
    if pages > 1:
        page = st.pagination(pages, key=f"library page {pages}")
    shown = found[(page - 1) * _PER_PAGE : page * _PER_PAGE]
    if with_odds:
        worth.drawn([entry.latest for entry in shown])
    for entry in shown:
        _card(entry, _tags(entries), with_odds)
    if not found:
        st.info("Nothing saved fits these filters. Clear the search or the tags, or look among archived ones.")


def _filtered(entries: Sequence[Entry]) -> tuple[list[Entry], bool]:
    """What the search leaves, and whether it is to be shown with its odds."""
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        words = st.text_input(
            "Search", key="library search", placeholder="Name, tag, note …", persist_state="session"
        )
        tags = _wanted_tags(_tags(entries))
        archived = st.toggle("Archived too", key="library archived", width="content", persist_state="session")
        with_odds = worth.odds_switch()
    visible = [entry for entry in entries if archived or not entry.latest.archived]
    found = [entry for entry in visible if entry.matches(words or "", frozenset(tags))]
    st.caption(f"{len(found):,} of {len(entries):,} saved scenarios")
    return found, with_odds


def _wanted_tags(known: Sequence[str]) -> list[str]:
    """The tags asked for; what no scenario has any more falls out."""
    key = "library with tags"
    fields.show(key, [tag for tag in memory.kept(key, ()) if tag in known])
    return st.multiselect(
        "With tags",
        known,
        key=key,
        format_func=as_shown,
        on_change=memory.keep_entered,
        args=(key,),
        placeholder="Any",
    )


def _tags(entries: Sequence[Entry]) -> list[str]:
    return list(one_of_each(tag for entry in entries for tag in entry.latest.tags))


def _card(entry: Entry, tags: Sequence[str], with_odds: bool) -> None:
    version = entry.latest
    with st.container(border=True), st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="small"
    ):  # fmt: skip
        with st.container(gap="xsmall", width="stretch"):
            _facts(entry, with_odds)
        with st.container(horizontal=True, gap="xsmall", width="content"):
            worth.tick(version)
            _buttons(version, tags)


def _facts(entry: Entry, with_odds: bool) -> None:
    version, origin = entry.latest, current.origin()
    marks = [f":gray-badge[:material/label: {literal(tag)}]" for tag in version.tags]
    if version.is_approved:
        marks.insert(0, ":green-badge[:material/verified: Approved]")
    if version.archived:
        marks.insert(0, ":orange-badge[:material/archive: Archived]")
    if version.damage or not entry.whole:
        marks.insert(0, ":red-badge[:material/error: Damaged]")
    if origin and origin.entry == version.entry:
        marks.insert(0, f":blue-badge[:material/edit: Open here, version {origin.number}]")
    st.markdown(" ".join([f"**{literal(version.name, 120)}**", *marks]))
    worth.worth_line(version, with_odds=with_odds)
    if version.damage:
        st.caption(literal(f"Cannot be opened: {version.damage[0]} Earlier versions may be sound.", 400))
    elif not entry.whole:
        st.caption(
            "A version is missing or damaged: this may not be the latest. See History; put back a backup "
            "(python -m library restore FILE), or save the sound one as a new entry."
        )
    elif version.scenario.description:
        st.caption(literal(version.scenario.description, 300))
    said = f" · “{version.note}”" if version.note else ""
    happened = library_actions.what_happened(version)
    st.caption(literal(f"{happened[0].upper()}{happened[1:]} · hash {version.hash}{said}", 400))


def _buttons(version: Version, tags: Sequence[str]) -> None:
    st.button(
        "Open",
        key=f"open {version.entry}",
        disabled=bool(version.damage),
        on_click=library_actions.open_version,
        args=(version,),
    )
    if st.button("History", key=f"history {version.entry}"):
        forget_choices()
        history(version.entry)
    if not account.may(Right.EDIT):
        return
    key = f"more {version.entry}"
    options = [_RENAME, _DUPLICATE, _RESTORE if version.archived else _ARCHIVE]
    if account.may(Right.APPROVE) and not (version.damage or version.is_approved):
        options.append(_APPROVE)
    if st.menu_button("More", options, key=key, on_click=_act, args=(key, version)) == _RENAME:
        _fill("rename", version.name, "" if version.damage else version.scenario.description, version.tags)
        _rename(version, tags)


def _act(key: str, version: Version) -> None:
    action = _ACTIONS.get(fields.entered(key))
    if action:
        action(version)


@st.dialog("Name, description and tags")
def _rename(version: Version, tags: Sequence[str]) -> None:
    if version.damage:
        st.error(literal(f"This version is damaged. {'; '.join(version.damage)}", 1000), icon=":material/block:")
        return
    with st.form("renaming", border=False):
        _fields("rename", tags)
        done = st.form_submit_button("Save", key="rename save", on_click=_commit_rename, args=(version,))
    _close_unless_refused(done)


def _commit_rename(version: Version) -> None:
    name, description, tags = _filled("rename")
    library_actions.rename(version, name, description, tags)
