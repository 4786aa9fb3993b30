-- The key that properties are hashed with: whoever has it can guess what was hashed. It stands sealed, apart from the
-- definition; one that still stands in a definition is sealed at the next start.
alter table transformations add column hash_key_sealed bytea;   -- null: hashed without a key
