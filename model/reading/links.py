"""A scenario as the parameters of a link: the id of a preset and what differs from it.

Assumptions stand as a person would type them (`causal_share=0.03`), texts as they are, everything else of a
scenario as JSON under its name in the scenario file. Of these, one without a value takes the program's default.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from typing import Any
from urllib.parse import urlencode

from model.assumptions import ASSUMPTIONS, Value
from model.presets import DEFAULT_PRESET, PRESETS, is_edited
from model.reading.faults import Fault, ScenarioError, nearest
from model.reading.version_1 import BASIS, OLD_UNITS, is_old, rests_on_platforms
from model.scenario import EDITED, Scenario, parse_json, parse_value

Parameters = tuple[tuple[str, str], ...]

# Mail programs and chats cut or break longer addresses.
MAX_LINK = 6_000
_PRESET = "preset"
# Stands for a scenario that is too long for a link, with its hash.
_FILE = "file"
_VERSION = "schema_version"
# What is added to addresses by those who count clicks: none of it is about the scenario. Browsers publish what they
# strip: https://github.com/brave/brave-core, components/query_filter.
_TRACKERS = re.compile(
    r"(utm|mc|mtm|pk|hsa|vero|oly|oft|at|ns|sc|s|gad|bsft|guce|_branch)_[a-z0-9_]+|__?hs(enc|mi|fp|sc|tc)|__s|_ga|_gl|"
    r"hsctatracking|[a-z_]*cl(ic)?k?_?id|gclsrc|[gw]braid|srsltid|igsh(id)?|li_fat_id|mkt_tok|trk|trkinfo|si|ref|"
    r"ref_(src|url)|epik|rdt_cid|_openstat|ncid|cmpid|_kx|_bhlid|bbeml|et_rid|fb_(action_ids|comment_id)|h_(sid|slt)|"
    r"ml_subscriber(_hash)?|ck_subscriber_id|ss_email_id|vgo_ee|wickedid",
    re.IGNORECASE,
)
_LABELS = ("name", "description")
_TEXTS = (*_LABELS, "currency", "locale", "start_month")
_FIELDS = (*(item.name for item in fields(Scenario) if item.compare and item.name != "assumptions"), _VERSION)


def write_link(scenario: Scenario, base: Scenario) -> Parameters:
    """The parameters of a scenario that started from `base`; only its hash where it is too long for a link."""
    id_ = preset_of(base)
    core = ((_PRESET, id_), *_changed_values(scenario, PRESETS[id_]), *_changed_fields(scenario, PRESETS[id_]))
    whole = (*core, *_own_labels(scenario, core)) if _length(core) <= MAX_LINK else core
    return whole if _length(whole) <= MAX_LINK else only_hash(scenario)


def only_hash(scenario: Scenario) -> Parameters:
    """What a link holds of a scenario that is too long for one."""
    return ((_FILE, scenario.hash),)


def is_only_hash(link: Parameters) -> bool:
    """Whether a link holds nothing but the hash of a scenario."""
    return [key for key, _ in link] == [_FILE]


def is_whole(link: Parameters) -> bool:
    """Whether a written link holds its scenario, rather than only its hash."""
    return link[0][0] == _PRESET


def preset_of(base: Scenario) -> str:
    """The id of the preset that a link from `base` builds on: its own, or the default one's for a file."""
    return next((id_ for id_, preset in PRESETS.items() if preset == base), DEFAULT_PRESET)


def without_trackers(link: Sequence[tuple[str, str]]) -> Parameters:
    """A link's parameters without those that mail programs and social networks add to follow a click."""
    return tuple(pair for pair in link if not _TRACKERS.fullmatch(pair[0]))


def read_link(link: Sequence[tuple[str, str]]) -> tuple[Scenario, Scenario]:
    """The scenario of a link and what it starts from: its preset, or itself where it has a name of its own.

    Trackers are passed over. Raises ScenarioError that lists every fault under its parameter.
    """
    link = without_trackers(link)
    _refuse_unreadable(link)
    given = dict(link)
    id_ = given.pop(_PRESET, DEFAULT_PRESET)
    preset = PRESETS.get(id_, PRESETS[DEFAULT_PRESET])
    stated = _stated(given, preset, _preset_faults(id_))
    scenario = replace(_labelled(stated, given, preset), translation=stated.translation)
    return scenario, scenario if given.get("name") else preset


def _preset_faults(id_: str) -> list[Fault]:
    if id_ in PRESETS:
        return []
    known = ", ".join(PRESETS)
    return [Fault(_PRESET, f"is '{id_[:60]}', but must be one of {known}{nearest(id_, PRESETS)}")]


def _length(link: Sequence[tuple[str, str]]) -> int:
    """Characters after the question mark of the address."""
    return len(urlencode(link))


def _changed_values(scenario: Scenario, preset: Scenario) -> Iterator[tuple[str, str]]:
    changed = {name: value for name, value in scenario.values.items() if value != preset.values[name]}
    if rests_on_platforms({**scenario.ranges, **changed}):
        # A link that names none would be read as one of version 1, which knew no other basis.
        changed[BASIS] = scenario.values[BASIS]
    yield from ((name, _typed(value)) for name, value in changed.items())


def _typed(value: Value) -> str:
    """A value as a person would type it, no digit lost."""
    if isinstance(value, bool):
        return "on" if value else "off"
    return value if isinstance(value, str) else repr(value).removesuffix(".0")


def _changed_fields(scenario: Scenario, preset: Scenario) -> Iterator[tuple[str, str]]:
    ours, theirs = scenario.to_data(), preset.to_data()
    for key in _FIELDS:
        if key not in _LABELS and ours.get(key) != theirs.get(key):
            yield key, _text(key, ours[key]) if key in ours else ""


def _text(key: str, item: Any) -> str:
    return item if key in _TEXTS else json.dumps(item, separators=(",", ":"), allow_nan=False)


def _own_labels(scenario: Scenario, core: Parameters) -> Iterator[tuple[str, str]]:
    """Name and description where they are not what the rest of the link implies."""
    implied, _ = read_link(core)
    if scenario.name != implied.name:
        yield "name", scenario.name
    if scenario.description != ("" if scenario.name != implied.name else implied.description):
        yield "description", scenario.description


def _refuse_unreadable(link: Sequence[tuple[str, str]]) -> None:
    """Raise ScenarioError for a link that does not hold one scenario."""
    length = _length(link)
    if length > MAX_LINK:
        mend = "ask for the scenario's file and open that"
        raise ScenarioError([Fault("link", f"has {length} characters, but at most {MAX_LINK} are read: {mend}")])
    names = [name for name, _ in link]
    twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    if twice:
        raise ScenarioError([Fault(name[:60], "stands twice; keep one of the two") for name in twice])
    if _FILE in names:
        told = (
            f"stands for the scenario with the content hash {dict(link)[_FILE][:60]}, which is too long for a link"
        )
        raise ScenarioError([Fault(_FILE, f"{told}: ask for its file and open that")])


def _stated(given: dict[str, str], preset: Scenario, faults: list[Fault]) -> Scenario:
    """The preset with everything that is given in place of its own. Raises ScenarioError, `faults` among its own."""
    data = preset.to_data()
    values = {**preset.assumptions}
    for key, text in given.items():
        try:
            if key in ASSUMPTIONS:
                values[key] = parse_value(key, text)
            elif key in OLD_UNITS:
                values[key] = OLD_UNITS[key].parse(text)
            else:
                data[key] = _field(key, text)
        except ScenarioError as error:
            faults += error.faults
        except ValueError as error:
            faults.append(Fault(key, str(error)))
    data["assumptions"] = values
    return _checked(data | {_VERSION: 1} if is_old(data) else data, faults)


def _field(key: str, text: str) -> Any:
    """A field's data. Raises ScenarioError."""
    if key not in _FIELDS:
        known = (_PRESET, *_FIELDS, *ASSUMPTIONS)
        raise ScenarioError([Fault(key[:60], f"is not a parameter of a link{nearest(key, known)}")])
    if not text:
        return Scenario().to_data().get(key)
    return text if key in _TEXTS else parse_json(text, key)


def _checked(data: dict[str, Any], faults: list[Fault]) -> Scenario:
    """The scenario of the data. Raises ScenarioError with these faults and its own, if there are any."""
    data = {key: item for key, item in data.items() if item is not None}
    try:
        scenario = Scenario.from_data(data)
    except ScenarioError as error:
        told = {fault.key for fault in faults}
        raise ScenarioError([*faults, *(fault for fault in error.faults if fault.key not in told)]) from None
    if faults:
        raise ScenarioError(faults)
    return scenario


def _labelled(stated: Scenario, given: dict[str, str], preset: Scenario) -> Scenario:
    """The scenario under its given name, or one that says whether it is still the preset."""
    edited = is_edited(stated, preset)
    named = bool(given.get("name"))
    implied = "" if edited or named else preset.description
    return stated.changed(
        name=stated.name if named else preset.name + EDITED * edited,
        description=given.get("description", implied),
    )
