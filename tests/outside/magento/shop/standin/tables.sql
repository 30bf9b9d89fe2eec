CREATE TABLE IF NOT EXISTS m2_oauth_consumer (
    entity_id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, key TEXT UNIQUE, secret TEXT UNIQUE, created_at TEXT
);
CREATE TABLE IF NOT EXISTS m2_oauth_token (
    entity_id INTEGER PRIMARY KEY AUTOINCREMENT, type TEXT, token TEXT UNIQUE, secret TEXT, revoked INTEGER, created_at TEXT,
    consumer_id INTEGER REFERENCES m2_oauth_consumer (entity_id) ON DELETE CASCADE
);
CREATE TABLE IF NOT EXISTS m2_oauth_nonce (nonce TEXT, timestamp INTEGER, consumer_id INTEGER);
CREATE TABLE IF NOT EXISTS m2_integration (
    integration_id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE COLLATE NOCASE, email TEXT NOT NULL,
    endpoint TEXT, identity_link_url TEXT, status INTEGER, setup_type INTEGER, created_at TEXT,
    consumer_id INTEGER UNIQUE REFERENCES m2_oauth_consumer (entity_id) ON DELETE CASCADE
);
CREATE TABLE IF NOT EXISTS m2_authorization_role (
    role_id INTEGER PRIMARY KEY AUTOINCREMENT, user_type TEXT, user_id INTEGER
);
CREATE TABLE IF NOT EXISTS m2_authorization_rule (
    rule_id INTEGER PRIMARY KEY AUTOINCREMENT, resource_id TEXT, permission TEXT,
    role_id INTEGER REFERENCES m2_authorization_role (role_id) ON DELETE CASCADE
);
CREATE TABLE IF NOT EXISTS m2_setup_module (module TEXT PRIMARY KEY, schema_version TEXT, data_version TEXT);
CREATE TABLE IF NOT EXISTS m2_patch_list (patch_id INTEGER PRIMARY KEY AUTOINCREMENT, patch_name TEXT);
