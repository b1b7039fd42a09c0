-- schema of one version file; every version is built anew from the one before it and the rows that changed

-- one row per area code; level says what it is, 'unplaced' is a register row that is no place
create table area (
    area varchar primary key,
    level varchar not null,
    name_fi varchar not null,
    name_sv varchar not null,
    name_en varchar not null,
    region varchar,
    sub_region varchar,
    employment_area varchar,
    valid_from date,
    valid_to date
);

-- one row per source and load
create table release (
    release_id integer primary key,
    source varchar not null,
    published_at timestamp not null,  -- publisher's stamp, UTC; where only a month is known, its last moment
    fetched_at timestamp not null,    -- when the bytes were obtained, UTC
    sha256 varchar not null,          -- of the raw bytes, joined in their order
    channel varchar not null,         -- api, api_since (some years only), import or snapshot
    obtained varchar not null,        -- how the bytes came here, in a sentence for the page "tietoa"
    licence varchar not null,
    citation varchar not null         -- publisher, then after the last comma the table as the publisher names it
);

-- one row per release and block of cells that it states: what it covered, so that an older file
-- imported later can take its place by its stamp without undoing what newer releases confirmed
create table coverage (
    release_id integer not null,
    indicator varchar not null,
    dimension varchar not null,
    categories varchar[] not null,
    areas varchar[] not null,
    periods varchar[] not null
);

create type status as enum ('', 'suppressed', 'missing', 'not_applicable', 'preliminary');
create type origin as enum ('published', 'derived', 'transcript', 'press', 'projection');

-- one row per indicator, area, period, dimension, category and release in which the value changed;
-- the row is what was known from known_from until known_to (both UTC stamps of releases)
create table observation (
    indicator varchar not null,
    area varchar not null,
    period varchar not null,          -- 2023-10, 2024Q3 or 2023
    dimension varchar not null,       -- '' for the total
    category varchar not null,        -- '' for the total
    value double,                     -- null when status says why
    status status not null,           -- '' for an ordinary value
    origin origin not null,           -- whose figure it is; derived = by us, from published ones
    release_id integer not null,
    known_from timestamp not null,
    known_to timestamp not null
);

-- one row per dimension and category: its names as the publisher writes them
create table category (
    dimension varchar not null,
    category varchar not null,
    name_fi varchar not null,
    name_sv varchar not null,
    name_en varchar not null,
    primary key (dimension, category)
);

-- one row per indicator (or source) and period from which earlier figures must be read with care
create table break_note (
    code varchar not null,
    subject varchar not null,         -- an indicator or a source
    period varchar not null,
    severity varchar not null,        -- note = say it; not_comparable = no change is computed across it
    primary key (code, subject, period)
);

-- one row: whether the file holds made-up data
create table edition (made_up boolean not null);

create view latest_observation as
select * exclude (known_from, known_to) from observation where known_to = timestamp '9999-12-31';
