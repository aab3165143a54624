"""The tables of the project file: its first format, and what later formats added.

`change` and `content` are the source; every table of `ENTITIES` (and `act`, `turn`, `turn_fts`) follows from them.
`head` is the newest number of each actor, and `local` holds what belongs to this copy alone (last place read, pinned
slots); neither is exchanged. The statements are what the first migration runs: a later format is a later migration.

Columns of things are nullable on purpose: a thing whose creation is withheld or erased is a removed row without
values, so that others may still point at it.
"""

from __future__ import annotations

SCHEMA_VERSION = 7
APPLICATION_ID = 0x48535256
"""`HSRV`, so that other tools can tell our files."""

LOG_TABLES = """
create table meta(key text primary key, value text not null) strict;

create table change(
  id text primary key,
  coder text not null,
  replica text not null,
  seq integer not null check(seq > 0),
  clock integer not null check(clock > 0),
  saw text,
  kind text not null,
  entity text not null,
  act text not null,
  undoes text,
  redoes text,
  at text not null,
  body text,
  state text not null default 'present' check(state in ('present', 'withheld', 'erased')),
  digest text not null,
  body_digest text not null,
  salt text,
  unique(coder, replica, seq),
  check((body is null) = (state <> 'present')),
  check(undoes is null or redoes is null)
) strict;
create index change_order on change(clock, coder, replica, seq);
create index change_act on change(act);
create index change_entity on change(entity);

create table head(
  coder text not null, replica text not null, seq integer not null, saw text not null default '{}',
  primary key(coder, replica)
) strict;

create table content(
  hash text primary key,
  kind text not null check(kind in ('text', 'turns', 'sentences', 'words', 'cues', 'file_name')),
  data any,
  state text not null default 'present' check(state in ('present', 'withheld', 'erased')),
  check((data is null) = (state <> 'present'))
) strict;

create table local(key text primary key, value text not null) strict;
"""

STATE_TABLES = """
create table act(
  id text primary key, coder text not null, clock integer not null, kind text not null,
  state text not null check(state in ('done', 'undone', 'closed', 'lasting'))
) strict;
create index act_stack on act(coder, state, clock);

create table setting(id text primary key, value text, removed integer not null default 0) strict;

create table coder(id text primary key, name text, role text, removed integer not null default 0) strict;

create table organisation(
  id text primary key, name text, grp text, attributes text not null default '{}', removed integer not null default 0
) strict;

create table respondent(
  id text primary key, name text, grp text,
  organisation_id text references organisation(id) deferrable initially deferred,
  consent text not null default '{}', attributes text not null default '{}', removed integer not null default 0
) strict;

create table transcript(
  id text primary key, name text, kind text, grp text, language text, date text, wave text,
  attributes text not null default '{}', removed integer not null default 0
) strict;
create index transcript_name on transcript(name) where removed = 0;

create table text_version(
  id text primary key, transcript_id text references transcript(id) deferrable initially deferred,
  number integer, text_hash text, turns_hash text, sentences_hash text, words_hash text, cues_hash text,
  file_name_hash text, original_hash text, length integer, words integer, splitter text, format text, encoding text,
  convention text, doubts text, removed integer not null default 0
) strict;
create index version_transcript on text_version(transcript_id, number);
create index version_original on text_version(original_hash);

create table speaker(
  id text primary key, transcript_id text references transcript(id) deferrable initially deferred,
  label text, role text,
  respondent_id text references respondent(id) deferrable initially deferred, removed integer not null default 0
) strict;
create index speaker_transcript on speaker(transcript_id);

create table turn(
  rowid integer primary key,
  version_id text not null references text_version(id) deferrable initially deferred,
  number integer not null, speaker_id text, start integer not null, label_end integer not null,
  "end" integer not null, time integer, time_end integer, unique(version_id, number),
  check(start <= label_end and label_end <= "end" and start < "end")
) strict;

create table codebook(
  id text primary key, ref text, version text, data text not null default '{}',
  number integer not null default 0, base_number integer not null default 0, last_act text not null default '',
  removed integer not null default 0
) strict;

create table code(
  id text primary key, kind text check(kind in ('question', 'theme', 'code')), ref text, parent_id text,
  position integer, status text, merged_into text, codable integer, reason text, data text not null default '{}',
  coder_id text, created text, removed integer not null default 0
) strict;
create index code_ref on code(ref) where removed = 0;

create table coding(
  id text primary key, version_id text references text_version(id) deferrable initially deferred,
  start integer, "end" integer, code_id text references code(id) deferrable initially deferred, given_code_id text,
  coder_id text references coder(id) deferrable initially deferred, layer text check(layer in ('own', 'consensus')),
  pass text, origin text check(origin in ('typed', 'suggested', 'autocoded', 'imported')),
  modifiers text, flags text, created text, removed integer not null default 0,
  check(start >= 0 and "end" > start)
) strict;
create index coding_place on coding(version_id, start, "end") where removed = 0;
create index coding_code on coding(code_id, version_id) where removed = 0;
create index coding_coder on coding(coder_id, version_id) where removed = 0;
create index coding_given on coding(given_code_id);

create table memo(
  id text primary key, coder_id text references coder(id) deferrable initially deferred,
  text text, transcript_id text, coding_id text, code_id text, version_id text, start integer, "end" integer,
  created text, removed integer not null default 0
) strict;
create index memo_coding on memo(coding_id) where removed = 0;
create index memo_transcript on memo(transcript_id) where removed = 0;

create table assignment(
  id text primary key, transcript_id text references transcript(id) deferrable initially deferred,
  coder_id text references coder(id) deferrable initially deferred, pass text, blind integer, reason text,
  removed integer not null default 0
) strict;

create table reviewed(
  id text primary key, transcript_id text references transcript(id) deferrable initially deferred, version_id text,
  coder_id text references coder(id) deferrable initially deferred, pass text, at text,
  removed integer not null default 0
) strict;
create index reviewed_transcript on reviewed(transcript_id) where removed = 0;

create table asked(
  id text primary key, transcript_id text references transcript(id) deferrable initially deferred, guide_ref text,
  answer text, version_id text, turn integer, removed integer not null default 0
) strict;

create table quote(
  id text primary key, coding_id text, version_id text, start integer, "end" integer,
  state text check(state in ('draft', 'checked', 'released')), checked_by text, released_by text, reason text,
  translation text not null default '{}', removed integer not null default 0
) strict;

create table saved_search(
  id text primary key, name text, kind text, query text, removed integer not null default 0
) strict;

create table output(
  id text primary key, name text, kind text, recipient text, at text, digest text, details text not null default '{}',
  removed integer not null default 0
) strict;

create virtual table turn_fts using fts5(folded, content='', tokenize="unicode61 remove_diacritics 2");
"""

TEAM_TABLES = """
alter table coding add column given_version_id text;
alter table coding add column given_start integer;
alter table coding add column given_end integer;
alter table coding add column carried text;
update coding set given_version_id = version_id, given_start = start, given_end = "end";
create index coding_given_version on coding(given_version_id);

create index change_undoes on change(undoes) where undoes is not null;
create index change_redoes on change(redoes) where redoes is not null;

create table decision(
  id text primary key, version_id text references text_version(id) deferrable initially deferred,
  basis text, outcome text check(outcome in ('take', 'both', 'neither', 'edited', 'other')), taken text, result text,
  because text, coder_id text, at text, removed integer not null default 0
) strict;
create index decision_version on decision(version_id) where removed = 0;

create table adoption(
  id text primary key, transcript_id text references transcript(id) deferrable initially deferred, version_id text,
  source_coder_id text, pass text, because text, coder_id text, at text, removed integer not null default 0
) strict;

create table recheck(
  id text primary key, coding_id text, code_id text, edit text, outcome text, coder_id text, at text,
  removed integer not null default 0
) strict;

create table ruling(
  id text primary key, conflict text, subject text, entity text, field text, takes text, value text, because text,
  coder_id text, at text, removed integer not null default 0
) strict;
"""
"""Format 2: the place that was given beside that in the newest text; decisions, adoptions, second looks, rulings."""

MEMO_PLACES = """
alter table memo add column given_version_id text;
alter table memo add column given_start integer;
alter table memo add column given_end integer;
alter table memo add column carried text;
update memo set given_version_id = version_id, given_start = start, given_end = "end";
create index memo_given_version on memo(given_version_id) where given_version_id is not null;
"""
"""Format 3: memos on segments follow their words as codings do."""

SUMMARIES = """
create table summary(
  id text primary key,
  case_kind text check(case_kind in ('respondent', 'organisation', 'group', 'transcript')), case_id text,
  theme_id text, text text, status text check(status in ('todo', 'drafted', 'checked')), segments text,
  coder_id text, at text, removed integer not null default 0
) strict;
"""
"""Format 4: the summaries of the framework matrix."""

FRAMEWORK = """
create table framework_row(
  id text primary key,
  kind text check(kind in ('strategy', 'actor', 'finding', 'outcome', 'marker', 'indicator', 'recommendation')),
  ref text, parent_id text, position integer, status text, derived_from text, data text not null default '{}',
  coder_id text, created text, removed integer not null default 0
) strict;
create index framework_row_parent on framework_row(parent_id) where removed = 0;

create table evidence(
  id text primary key, row_id text, source_kind text check(source_kind in ('coding', 'finding', 'document')),
  source text, stance text check(stance in ('supports', 'contradicts', 'qualifies', 'illustrates')),
  role text check(role in ('', 'problem', 'outcome', 'indicator', 'baseline', 'target', 'source', 'risk')),
  note text, coder_id text, created text, removed integer not null default 0
) strict;
create index evidence_row on evidence(row_id) where removed = 0;
create index evidence_source on evidence(source) where removed = 0;
"""
"""Format 5: the rows of the framework, and what they stand on."""

VALIDATION = """
create table framework_version(
  id text primary key, number integer, name text, state text check(state in ('frozen', 'signed')), reason text,
  validation_id text, from_id text, rows text, behind text, coder_id text, at text,
  removed integer not null default 0
) strict;

create table validation(
  id text primary key, name text, date text, place text, state text, language text, version_id text, rule text,
  closed text, coder_id text, created text, removed integer not null default 0
) strict;

create table party(
  id text primary key, validation_id text, label text, side text check(side in ('cso', 'official', 'other')),
  size integer, composition text, position integer, removed integer not null default 0
) strict;

create table ballot(
  id text primary key, validation_id text, row_id text, round integer, position integer, ref text,
  kind text check(kind in ('strategy', 'actor', 'finding', 'outcome', 'marker', 'indicator', 'recommendation')),
  text text, badge text, outcome text check(outcome in ('accepted', 'amended', 'again', 'rejected')), reason text,
  removed integer not null default 0
) strict;

create table vote(
  id text primary key, ballot_id text, party_id text, agree integer, amend integer, reject integer, abstain integer,
  not_understood integer, removed integer not null default 0
) strict;

create table comment(
  id text primary key, ballot_id text, party_id text,
  kind text check(kind in ('wording', 'substance', 'evidence', 'risk', 'transfer')), text text, answer text,
  answered text, position integer, removed integer not null default 0
) strict;

create table amendment(
  id text primary key, ballot_id text, party_id text, before text, after text, taken text,
  decision text check(decision in ('open', 'accepted', 'partly', 'refused')), reason text, coder_id text, at text,
  removed integer not null default 0
) strict;

create table observation(
  id text primary key, row_id text, date text, level integer, value text, parts text, status text,
  kind text check(kind in ('visit', 'letter', 'meeting', 'joint_work', 'media')),
  frequency text check(frequency in ('once', 'rarely', 'sometimes', 'often')), quality integer, description text,
  source text, verified_by text, who text, coder_id text, created text, removed integer not null default 0
) strict;
create index observation_row on observation(row_id) where removed = 0;
"""
"""Format 6: versions of the framework, their validation at tables, and what is observed afterwards."""

CONFIDENTIALITY = """
alter table transcript add column gated integer;
alter table text_version add column carries text;

create table masking(
  id text primary key, transcript_id text, version_id text, items text, undecided text, engines text, coder_id text,
  at text, removed integer not null default 0
) strict;
create index masking_transcript on masking(transcript_id) where removed = 0;

create table translation(
  id text primary key, version_id text, start integer, "end" integer, given_version_id text, given_start integer,
  given_end integer, carried text, language text, text text, translator text, checked_by text, coder_id text,
  created text, removed integer not null default 0
) strict;
create index translation_given_version on translation(given_version_id);
create index translation_place on translation(version_id, start) where removed = 0;

create table withdrawal(
  id text primary key, respondent_id text, reason text, things text, stretches text, contents text, records text,
  coder_id text, at text, removed integer not null default 0
) strict;
"""
"""Format 7: consent before coding, replacements of names, translations of segments, and what a withdrawal erased."""

STATE = (
    "act", "setting", "coder", "organisation", "respondent", "transcript", "text_version", "speaker", "turn",
    "codebook", "code", "coding", "memo", "assignment", "reviewed", "asked", "quote", "saved_search", "output",
    "decision", "adoption", "recheck", "ruling", "summary", "framework_row", "evidence", "framework_version",
    "validation", "party", "ballot", "vote", "comment", "amendment", "observation", "masking", "translation",
    "withdrawal",
)  # fmt: skip
"""Tables that follow from log and content; `doctor` compares them with a replay."""
