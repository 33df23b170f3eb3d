-- Format 3, written by scripts/write-format-fixture.mjs.
SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
CREATE SCHEMA senio;
CREATE FUNCTION senio.bump_registry() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  UPDATE senio.registry_version SET version = version + 1;
  RETURN NULL;
END $$;
CREATE FUNCTION senio.hold_sensor_of_field() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF NEW.deleted <> OLD.deleted THEN
    PERFORM 1 FROM senio.sensor WHERE id = NEW.sensor FOR NO KEY UPDATE;
  END IF;
  RETURN NEW;
END $$;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE senio.account (
    id integer NOT NULL,
    email text NOT NULL COLLATE pg_catalog."C",
    password_hash text NOT NULL COLLATE pg_catalog."C",
    role text NOT NULL COLLATE pg_catalog."C",
    created double precision NOT NULL,
    deleted integer DEFAULT 0 NOT NULL,
    CONSTRAINT account_role_check CHECK ((role = ANY (ARRAY['admin'::text, 'member'::text])))
);
ALTER TABLE senio.account ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME senio.account_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE senio.api_token (
    id integer NOT NULL,
    account integer NOT NULL,
    token_hash text NOT NULL COLLATE pg_catalog."C",
    label text NOT NULL COLLATE pg_catalog."C",
    created double precision NOT NULL,
    last_used double precision
);
ALTER TABLE senio.api_token ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME senio.api_token_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE senio.damaged_picture (
    sha1 text NOT NULL COLLATE pg_catalog."C",
    fault text NOT NULL COLLATE pg_catalog."C",
    found double precision NOT NULL,
    CONSTRAINT damaged_picture_fault_check CHECK ((fault = ANY (ARRAY['missing'::text, 'damaged'::text])))
);
CREATE TABLE senio.device_key (
    id integer NOT NULL,
    sensor integer NOT NULL,
    key_hash text NOT NULL COLLATE pg_catalog."C",
    label text NOT NULL COLLATE pg_catalog."C",
    created double precision NOT NULL,
    last_used double precision
);
ALTER TABLE senio.device_key ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME senio.device_key_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE senio.field (
    id integer NOT NULL,
    sensor integer NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    type text NOT NULL COLLATE pg_catalog."C",
    unit text NOT NULL COLLATE pg_catalog."C",
    "position" integer NOT NULL,
    deleted integer DEFAULT 0 NOT NULL
);
ALTER TABLE senio.field ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME senio.field_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE senio.format (
    version integer NOT NULL
);
CREATE TABLE senio.image (
    sha1 bytea NOT NULL,
    sha256 bytea NOT NULL,
    media_type text NOT NULL COLLATE pg_catalog."C",
    bytes bigint NOT NULL,
    width integer,
    height integer,
    damaged integer NOT NULL,
    state text DEFAULT 'pending'::text NOT NULL COLLATE pg_catalog."C",
    claimed_until double precision DEFAULT 0 NOT NULL,
    created double precision NOT NULL,
    CONSTRAINT image_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'ready'::text, 'failed'::text])))
);
CREATE TABLE senio.installation (
    id integer NOT NULL,
    first_month double precision NOT NULL,
    CONSTRAINT installation_id_check CHECK ((id = 1))
);
CREATE TABLE senio.measurement_tags (
    sensor integer NOT NULL,
    ts double precision NOT NULL,
    tags text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE senio.note (
    id integer NOT NULL,
    sensor integer NOT NULL,
    starts double precision NOT NULL,
    ends double precision,
    text text NOT NULL COLLATE pg_catalog."C",
    created double precision NOT NULL,
    changed double precision NOT NULL,
    CONSTRAINT note_check CHECK ((ends > starts))
);
ALTER TABLE senio.note ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME senio.note_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE senio.probe (
    id integer NOT NULL,
    writes bigint NOT NULL,
    CONSTRAINT probe_id_check CHECK ((id = 1))
);
CREATE TABLE senio.registry_version (
    id integer NOT NULL,
    version bigint NOT NULL,
    CONSTRAINT registry_version_id_check CHECK ((id = 1))
);
CREATE TABLE senio.rollup (
    sensor integer NOT NULL,
    field integer NOT NULL,
    level smallint NOT NULL,
    start double precision NOT NULL,
    count bigint NOT NULL,
    sum double precision NOT NULL,
    min double precision NOT NULL,
    max double precision NOT NULL,
    first double precision,
    last double precision,
    state smallint,
    on_ms double precision
)
WITH (fillfactor='80');
CREATE TABLE senio.scrub (
    id integer NOT NULL,
    started double precision,
    "position" text COLLATE pg_catalog."C",
    ended double precision,
    database_faults integer NOT NULL,
    holder text NOT NULL COLLATE pg_catalog."C",
    held_until double precision NOT NULL,
    CONSTRAINT scrub_id_check CHECK ((id = 1))
);
CREATE TABLE senio.sensor (
    id integer NOT NULL,
    owner integer NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    name_folded text NOT NULL COLLATE pg_catalog."C",
    created double precision NOT NULL,
    deleted integer DEFAULT 0 NOT NULL
);
ALTER TABLE senio.sensor ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME senio.sensor_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE senio.session (
    token_hash text NOT NULL COLLATE pg_catalog."C",
    account integer NOT NULL,
    created double precision NOT NULL,
    expires double precision NOT NULL
);
CREATE TABLE senio.setup_token (
    token_hash text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE senio.sign_in_attempts (
    key text NOT NULL COLLATE pg_catalog."C",
    failures integer NOT NULL,
    blocked_until double precision NOT NULL,
    expires double precision NOT NULL
);
CREATE TABLE senio.tag_word (
    sensor integer NOT NULL,
    word bytea NOT NULL,
    ts double precision NOT NULL
);
CREATE TABLE senio.task (
    name text NOT NULL COLLATE pg_catalog."C",
    claimed_until double precision NOT NULL
);
CREATE TABLE senio.value (
    sensor integer NOT NULL,
    field integer NOT NULL,
    ts double precision NOT NULL,
    n double precision,
    x bytea,
    b bytea,
    CONSTRAINT value_check CHECK ((num_nonnulls(n, x, b) = 1))
)
PARTITION BY RANGE (ts);
CREATE TABLE senio.value_early (
    sensor integer NOT NULL,
    field integer NOT NULL,
    ts double precision NOT NULL,
    n double precision,
    x bytea,
    b bytea,
    CONSTRAINT value_check CHECK ((num_nonnulls(n, x, b) = 1))
);
CREATE TABLE senio.value_late (
    sensor integer NOT NULL,
    field integer NOT NULL,
    ts double precision NOT NULL,
    n double precision,
    x bytea,
    b bytea,
    CONSTRAINT value_check CHECK ((num_nonnulls(n, x, b) = 1))
);
CREATE TABLE senio.value_m2026_11 (
    sensor integer NOT NULL,
    field integer NOT NULL,
    ts double precision NOT NULL,
    n double precision,
    x bytea,
    b bytea,
    CONSTRAINT value_check CHECK ((num_nonnulls(n, x, b) = 1))
);
CREATE TABLE senio.value_m2026_12 (
    sensor integer NOT NULL,
    field integer NOT NULL,
    ts double precision NOT NULL,
    n double precision,
    x bytea,
    b bytea,
    CONSTRAINT value_check CHECK ((num_nonnulls(n, x, b) = 1))
);
CREATE TABLE senio.value_m2027_01 (
    sensor integer NOT NULL,
    field integer NOT NULL,
    ts double precision NOT NULL,
    n double precision,
    x bytea,
    b bytea,
    CONSTRAINT value_check CHECK ((num_nonnulls(n, x, b) = 1))
);
CREATE TABLE senio.value_y2016 (
    sensor integer NOT NULL,
    field integer NOT NULL,
    ts double precision NOT NULL,
    n double precision,
    x bytea,
    b bytea,
    CONSTRAINT value_check CHECK ((num_nonnulls(n, x, b) = 1))
);
CREATE TABLE senio.view (
    id integer NOT NULL,
    account integer NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    panels text NOT NULL COLLATE pg_catalog."C",
    created double precision NOT NULL,
    changed double precision NOT NULL
);
ALTER TABLE senio.view ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME senio.view_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE ONLY senio.value ATTACH PARTITION senio.value_early FOR VALUES FROM (MINVALUE) TO ('0');
ALTER TABLE ONLY senio.value ATTACH PARTITION senio.value_late FOR VALUES FROM ('7258118400000') TO (MAXVALUE);
ALTER TABLE ONLY senio.value ATTACH PARTITION senio.value_m2026_11 FOR VALUES FROM ('1793491200000') TO ('1796083200000');
ALTER TABLE ONLY senio.value ATTACH PARTITION senio.value_m2026_12 FOR VALUES FROM ('1796083200000') TO ('1798761600000');
ALTER TABLE ONLY senio.value ATTACH PARTITION senio.value_m2027_01 FOR VALUES FROM ('1798761600000') TO ('1801440000000');
ALTER TABLE ONLY senio.value ATTACH PARTITION senio.value_y2016 FOR VALUES FROM ('1451606400000') TO ('1483228800000');
INSERT INTO senio.account OVERRIDING SYSTEM VALUE VALUES (1, 'ada@example.org', '$argon2id$v=19$m=19456,t=2,p=1$hXi+2FJZW4HjvjtkWxabDw$M52lOaATk1Dpza5nAVLAT9NlFNtIiTr22Zb66yNzT+o', 'admin', 1796049790298, 0);
INSERT INTO senio.device_key OVERRIDING SYSTEM VALUE VALUES (1, 1, '07d5feb31809d5c02fc9f093cd2b680ea5dab9dc0ce2002f485fd49b87bbb08f', 'first key', 1796049790999, 1796049780000);
INSERT INTO senio.field OVERRIDING SYSTEM VALUE VALUES (1, 1, 'temp', 'scalar', 'celsius', 0, 0);
INSERT INTO senio.field OVERRIDING SYSTEM VALUE VALUES (2, 1, 'open', 'boolean', '', 1, 0);
INSERT INTO senio.field OVERRIDING SYSTEM VALUE VALUES (3, 1, 'place', 'location', '', 2, 0);
INSERT INTO senio.field OVERRIDING SYSTEM VALUE VALUES (4, 1, 'cam', 'image', '', 3, 0);
INSERT INTO senio.format VALUES (3);
INSERT INTO senio.image VALUES ('\x03bcb820ad55455025949efc082200e6828d63d6', '\xca09e0d498fd06f275209aa65c2f0fa426ee0941163406f34f46e4a73f98c627', 'image/png', 93, 2, 1, 0, 'ready', 0, 1796049791198);
INSERT INTO senio.installation VALUES (1, 1793491200000);
INSERT INTO senio.measurement_tags VALUES (1, 1474635600001, '["first","märz"]');
INSERT INTO senio.measurement_tags VALUES (1, 1474632000000, '{"run":7,"ok":true}');
INSERT INTO senio.note OVERRIDING SYSTEM VALUE VALUES (1, 1, 1474635600000, NULL, 'moved to the window', 1796049791419, 1796049791419);
INSERT INTO senio.probe VALUES (1, 0);
INSERT INTO senio.registry_version VALUES (1, 8);
INSERT INTO senio.rollup VALUES (1, 2, 7, 1473638400000, 50, 3.958120942115784e-09, 0, 1, 1474635600000.25, 1474653240000.25, 0, 6120000);
INSERT INTO senio.rollup VALUES (1, 3, 7, 1473638400000, 1, 0, 0, 0, NULL, NULL, NULL, NULL);
INSERT INTO senio.rollup VALUES (1, 1, 7, 1473638400000, 51, 2.4080509319901466e-07, -2.5, 21.5, NULL, NULL, NULL, NULL);
INSERT INTO senio.rollup VALUES (1, 4, 7, 1473638400000, 1, 0, 0, 0, NULL, NULL, NULL, NULL);
INSERT INTO senio.scrub VALUES (1, NULL, NULL, NULL, 0, '', 0);
INSERT INTO senio.sensor OVERRIDING SYSTEM VALUE VALUES (1, 1, 'rpi', 'rpi', 1796049790999, 0);
INSERT INTO senio.session VALUES ('06c5d168ce2fb93aad0bd24a686e75c530e16d39e16e45650685f927bba1a52f', 1, 1796049790944, 1798641790944);
INSERT INTO senio.sign_in_attempts VALUES ('pair d5f8a4a6', 0, 1796049790932.363, 1803825790932.363);
INSERT INTO senio.tag_word VALUES (1, '\x6669727374', 1474635600001);
INSERT INTO senio.tag_word VALUES (1, '\x6dc3a4727a', 1474635600001);
INSERT INTO senio.tag_word VALUES (1, '\x72756e', 1474632000000);
INSERT INTO senio.tag_word VALUES (1, '\x72756e3a37', 1474632000000);
INSERT INTO senio.tag_word VALUES (1, '\x6f6b', 1474632000000);
INSERT INTO senio.tag_word VALUES (1, '\x6f6b3a74727565', 1474632000000);
INSERT INTO senio.value_y2016 VALUES (1, 1, 1474635600000.25, 20, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 1, 1474635960000.25, 20.25, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 1, 1474636320000.25, 20.5, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 1, 1474636680000.25, 20.75, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 1, 1474637040000.25, 21, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 1, 1474637400000.25, 21.25, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 1, 1474637760000.25, 21.5, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 1, 1474638120000.25, 20, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 1, 1474638480000.25, 20.25, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 1, 1474638840000.25, 20.5, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 1, 1474639200000.25, 20.75, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 1, 1474639560000.25, 21, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 1, 1474639920000.25, 21.25, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 1, 1474640280000.25, 21.5, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 1, 1474640640000.25, 20, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 1, 1474641000000.25, 20.25, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 1, 1474641360000.25, 20.5, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 1, 1474641720000.25, 20.75, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 1, 1474642080000.25, 21, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 1, 1474642440000.25, 21.25, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 1, 1474642800000.25, 21.5, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 1, 1474643160000.25, 20, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 1, 1474643520000.25, 20.25, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 1, 1474643880000.25, 20.5, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 1, 1474644240000.25, 20.75, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 1, 1474644600000.25, 21, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 1, 1474644960000.25, 21.25, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 1, 1474645320000.25, 21.5, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 1, 1474645680000.25, 20, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 1, 1474646040000.25, 20.25, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 1, 1474646400000.25, 20.5, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 1, 1474646760000.25, 20.75, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 1, 1474647120000.25, 21, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 1, 1474647480000.25, 21.25, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 1, 1474647840000.25, 21.5, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 1, 1474648200000.25, 20, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 1, 1474648560000.25, 20.25, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 1, 1474648920000.25, 20.5, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 1, 1474649280000.25, 20.75, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 1, 1474649640000.25, 21, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 1, 1474650000000.25, 21.25, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 1, 1474650360000.25, 21.5, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 1, 1474650720000.25, 20, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 1, 1474651080000.25, 20.25, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 1, 1474651440000.25, 20.5, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 1, 1474651800000.25, 20.75, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 1, 1474652160000.25, 21, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 1, 1474652520000.25, 21.25, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 1, 1474652880000.25, 21.5, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 1, 1474653240000.25, 20, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 2, 1474635600000.25, 1, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 2, 1474635960000.25, 0, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 2, 1474636320000.25, 0, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 2, 1474636680000.25, 1, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 2, 1474637040000.25, 0, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 2, 1474637400000.25, 0, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 2, 1474637760000.25, 1, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 2, 1474638120000.25, 0, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 2, 1474638480000.25, 0, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 2, 1474638840000.25, 1, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 2, 1474639200000.25, 0, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 2, 1474639560000.25, 0, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 2, 1474639920000.25, 1, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 2, 1474640280000.25, 0, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 2, 1474640640000.25, 0, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 2, 1474641000000.25, 1, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 2, 1474641360000.25, 0, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 2, 1474641720000.25, 0, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 2, 1474642080000.25, 1, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 2, 1474642440000.25, 0, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 2, 1474642800000.25, 0, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 2, 1474643160000.25, 1, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 2, 1474643520000.25, 0, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 2, 1474643880000.25, 0, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 2, 1474644240000.25, 1, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 2, 1474644600000.25, 0, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 2, 1474644960000.25, 0, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 2, 1474645320000.25, 1, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 2, 1474645680000.25, 0, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 2, 1474646040000.25, 0, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 2, 1474646400000.25, 1, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 2, 1474646760000.25, 0, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 2, 1474647120000.25, 0, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 2, 1474647480000.25, 1, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 2, 1474647840000.25, 0, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 2, 1474648200000.25, 0, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 2, 1474648560000.25, 1, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 2, 1474648920000.25, 0, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 2, 1474649280000.25, 0, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 2, 1474649640000.25, 1, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 2, 1474650000000.25, 0, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 2, 1474650360000.25, 0, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 2, 1474650720000.25, 1, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 2, 1474651080000.25, 0, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 2, 1474651440000.25, 0, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 2, 1474651800000.25, 1, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 2, 1474652160000.25, 0, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 2, 1474652520000.25, 0, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 2, 1474652880000.25, 1, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 2, 1474653240000.25, 0, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 3, 1474635600001, NULL, '\x7b226c6174223a35322e352c226c6f6e223a31332e347d', NULL);
INSERT INTO senio.value_y2016 VALUES (1, 1, 1474632000000, -2.5, NULL, NULL);
INSERT INTO senio.value_y2016 VALUES (1, 4, 1474639200000, NULL, NULL, '\x03bcb820ad55455025949efc082200e6828d63d6');
INSERT INTO senio.view OVERRIDING SYSTEM VALUE VALUES (1, 1, 'home', '[{"columns":12,"rows":8,"fields":[{"id":1,"sensor":"rpi","field":"temp"}]}]', 1796049791476, 1796049791476);
SELECT pg_catalog.setval('senio.account_id_seq', 1, true);
SELECT pg_catalog.setval('senio.api_token_id_seq', 1, false);
SELECT pg_catalog.setval('senio.device_key_id_seq', 1, true);
SELECT pg_catalog.setval('senio.field_id_seq', 4, true);
SELECT pg_catalog.setval('senio.note_id_seq', 1, true);
SELECT pg_catalog.setval('senio.sensor_id_seq', 1, true);
SELECT pg_catalog.setval('senio.view_id_seq', 1, true);
ALTER TABLE ONLY senio.account
    ADD CONSTRAINT account_pkey PRIMARY KEY (id);
ALTER TABLE ONLY senio.api_token
    ADD CONSTRAINT api_token_pkey PRIMARY KEY (id);
ALTER TABLE ONLY senio.api_token
    ADD CONSTRAINT api_token_token_hash_key UNIQUE (token_hash);
ALTER TABLE ONLY senio.damaged_picture
    ADD CONSTRAINT damaged_picture_pkey PRIMARY KEY (sha1);
ALTER TABLE ONLY senio.device_key
    ADD CONSTRAINT device_key_key_hash_key UNIQUE (key_hash);
ALTER TABLE ONLY senio.device_key
    ADD CONSTRAINT device_key_pkey PRIMARY KEY (id);
ALTER TABLE ONLY senio.field
    ADD CONSTRAINT field_pkey PRIMARY KEY (id);
ALTER TABLE ONLY senio.image
    ADD CONSTRAINT image_pkey PRIMARY KEY (sha1);
ALTER TABLE ONLY senio.installation
    ADD CONSTRAINT installation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY senio.measurement_tags
    ADD CONSTRAINT measurement_tags_pkey PRIMARY KEY (sensor, ts);
ALTER TABLE ONLY senio.note
    ADD CONSTRAINT note_pkey PRIMARY KEY (id);
ALTER TABLE ONLY senio.probe
    ADD CONSTRAINT probe_pkey PRIMARY KEY (id);
ALTER TABLE ONLY senio.registry_version
    ADD CONSTRAINT registry_version_pkey PRIMARY KEY (id);
ALTER TABLE ONLY senio.rollup
    ADD CONSTRAINT rollup_pkey PRIMARY KEY (sensor, field, level, start);
ALTER TABLE ONLY senio.scrub
    ADD CONSTRAINT scrub_pkey PRIMARY KEY (id);
ALTER TABLE ONLY senio.sensor
    ADD CONSTRAINT sensor_pkey PRIMARY KEY (id);
ALTER TABLE ONLY senio.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (token_hash);
ALTER TABLE ONLY senio.setup_token
    ADD CONSTRAINT setup_token_pkey PRIMARY KEY (token_hash);
ALTER TABLE ONLY senio.sign_in_attempts
    ADD CONSTRAINT sign_in_attempts_pkey PRIMARY KEY (key);
ALTER TABLE ONLY senio.tag_word
    ADD CONSTRAINT tag_word_pkey PRIMARY KEY (sensor, word, ts);
ALTER TABLE ONLY senio.task
    ADD CONSTRAINT task_pkey PRIMARY KEY (name);
ALTER TABLE ONLY senio.value
    ADD CONSTRAINT value_pkey PRIMARY KEY (sensor, field, ts);
ALTER TABLE ONLY senio.value_early
    ADD CONSTRAINT value_early_pkey PRIMARY KEY (sensor, field, ts);
ALTER TABLE ONLY senio.value_late
    ADD CONSTRAINT value_late_pkey PRIMARY KEY (sensor, field, ts);
ALTER TABLE ONLY senio.value_m2026_11
    ADD CONSTRAINT value_m2026_11_pkey PRIMARY KEY (sensor, field, ts);
ALTER TABLE ONLY senio.value_m2026_12
    ADD CONSTRAINT value_m2026_12_pkey PRIMARY KEY (sensor, field, ts);
ALTER TABLE ONLY senio.value_m2027_01
    ADD CONSTRAINT value_m2027_01_pkey PRIMARY KEY (sensor, field, ts);
ALTER TABLE ONLY senio.value_y2016
    ADD CONSTRAINT value_y2016_pkey PRIMARY KEY (sensor, field, ts);
ALTER TABLE ONLY senio.view
    ADD CONSTRAINT view_pkey PRIMARY KEY (id);
CREATE UNIQUE INDEX account_email ON senio.account USING btree (email) WHERE (deleted = 0);
CREATE INDEX api_token_account ON senio.api_token USING btree (account, id);
CREATE INDEX device_key_sensor ON senio.device_key USING btree (sensor, id);
CREATE INDEX field_deleted ON senio.field USING btree (id) WHERE (deleted = 1);
CREATE UNIQUE INDEX field_name ON senio.field USING btree (sensor, name) WHERE (deleted = 0);
CREATE INDEX field_sensor ON senio.field USING btree (sensor, "position");
CREATE INDEX image_pending ON senio.image USING btree (created, sha1) WHERE (state = 'pending'::text);
CREATE INDEX note_sensor ON senio.note USING btree (sensor, starts, id);
CREATE INDEX sensor_deleted ON senio.sensor USING btree (id) WHERE (deleted = 1);
CREATE UNIQUE INDEX sensor_name ON senio.sensor USING btree (owner, name) WHERE (deleted = 0);
CREATE INDEX sensor_name_any_owner ON senio.sensor USING btree (name) WHERE (deleted = 0);
CREATE INDEX session_account ON senio.session USING btree (account);
CREATE INDEX session_expires ON senio.session USING btree (expires);
CREATE INDEX sign_in_attempts_expires ON senio.sign_in_attempts USING btree (expires);
CREATE INDEX value_bytes ON ONLY senio.value USING btree (b, sensor, field) WHERE (b IS NOT NULL);
CREATE INDEX value_early_b_sensor_field_idx ON senio.value_early USING btree (b, sensor, field) WHERE (b IS NOT NULL);
CREATE INDEX value_late_b_sensor_field_idx ON senio.value_late USING btree (b, sensor, field) WHERE (b IS NOT NULL);
CREATE INDEX value_m2026_11_b_sensor_field_idx ON senio.value_m2026_11 USING btree (b, sensor, field) WHERE (b IS NOT NULL);
CREATE INDEX value_m2026_12_b_sensor_field_idx ON senio.value_m2026_12 USING btree (b, sensor, field) WHERE (b IS NOT NULL);
CREATE INDEX value_m2027_01_b_sensor_field_idx ON senio.value_m2027_01 USING btree (b, sensor, field) WHERE (b IS NOT NULL);
CREATE INDEX value_y2016_b_sensor_field_idx ON senio.value_y2016 USING btree (b, sensor, field) WHERE (b IS NOT NULL);
CREATE UNIQUE INDEX view_name ON senio.view USING btree (account, name);
ALTER INDEX senio.value_bytes ATTACH PARTITION senio.value_early_b_sensor_field_idx;
ALTER INDEX senio.value_pkey ATTACH PARTITION senio.value_early_pkey;
ALTER INDEX senio.value_bytes ATTACH PARTITION senio.value_late_b_sensor_field_idx;
ALTER INDEX senio.value_pkey ATTACH PARTITION senio.value_late_pkey;
ALTER INDEX senio.value_bytes ATTACH PARTITION senio.value_m2026_11_b_sensor_field_idx;
ALTER INDEX senio.value_pkey ATTACH PARTITION senio.value_m2026_11_pkey;
ALTER INDEX senio.value_bytes ATTACH PARTITION senio.value_m2026_12_b_sensor_field_idx;
ALTER INDEX senio.value_pkey ATTACH PARTITION senio.value_m2026_12_pkey;
ALTER INDEX senio.value_bytes ATTACH PARTITION senio.value_m2027_01_b_sensor_field_idx;
ALTER INDEX senio.value_pkey ATTACH PARTITION senio.value_m2027_01_pkey;
ALTER INDEX senio.value_bytes ATTACH PARTITION senio.value_y2016_b_sensor_field_idx;
ALTER INDEX senio.value_pkey ATTACH PARTITION senio.value_y2016_pkey;
CREATE TRIGGER account_version AFTER INSERT OR DELETE OR UPDATE ON senio.account FOR EACH ROW EXECUTE FUNCTION senio.bump_registry();
CREATE TRIGGER api_token_version AFTER INSERT OR DELETE OR UPDATE OF account, token_hash, label ON senio.api_token FOR EACH ROW EXECUTE FUNCTION senio.bump_registry();
CREATE TRIGGER device_key_version AFTER INSERT OR DELETE OR UPDATE OF sensor, key_hash, label ON senio.device_key FOR EACH ROW EXECUTE FUNCTION senio.bump_registry();
CREATE TRIGGER field_holds_sensor BEFORE UPDATE OF deleted ON senio.field FOR EACH ROW EXECUTE FUNCTION senio.hold_sensor_of_field();
CREATE TRIGGER field_version AFTER INSERT OR DELETE OR UPDATE ON senio.field FOR EACH ROW EXECUTE FUNCTION senio.bump_registry();
CREATE TRIGGER sensor_version AFTER INSERT OR DELETE OR UPDATE ON senio.sensor FOR EACH ROW EXECUTE FUNCTION senio.bump_registry();
ALTER TABLE ONLY senio.api_token
    ADD CONSTRAINT api_token_account_fkey FOREIGN KEY (account) REFERENCES senio.account(id) ON DELETE CASCADE;
ALTER TABLE ONLY senio.device_key
    ADD CONSTRAINT device_key_sensor_fkey FOREIGN KEY (sensor) REFERENCES senio.sensor(id) ON DELETE CASCADE;
ALTER TABLE ONLY senio.field
    ADD CONSTRAINT field_sensor_fkey FOREIGN KEY (sensor) REFERENCES senio.sensor(id);
ALTER TABLE ONLY senio.note
    ADD CONSTRAINT note_sensor_fkey FOREIGN KEY (sensor) REFERENCES senio.sensor(id) ON DELETE CASCADE;
ALTER TABLE ONLY senio.sensor
    ADD CONSTRAINT sensor_owner_fkey FOREIGN KEY (owner) REFERENCES senio.account(id);
ALTER TABLE ONLY senio.session
    ADD CONSTRAINT session_account_fkey FOREIGN KEY (account) REFERENCES senio.account(id) ON DELETE CASCADE;
ALTER TABLE ONLY senio.view
    ADD CONSTRAINT view_account_fkey FOREIGN KEY (account) REFERENCES senio.account(id) ON DELETE CASCADE;
