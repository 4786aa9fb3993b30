/** tables.ts says what the migrations made: the same tables, columns, nullability, defaults and kinds of value. */
import { readdirSync, readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testDatabase } from '../../test/support/database.ts';

interface Column {
  nullable: boolean;
  /** An insert may leave it out. */
  optional: boolean;
  kind: string;
}

type Shape = Record<string, Record<string, Column>>;

test('row types and database agree on every column', async () => {
  const database = await readDatabase();
  expect(Object.keys(database).length).toBeGreaterThan(20);
  expect(readTypes()).toEqual(database);
});

async function readDatabase(): Promise<Shape> {
  const { db } = await testDatabase();
  const { rows } = await sql<{ table_name: string; column_name: string; udt_name: string } & Omit<Column, 'kind'>>`
    select c.table_name, c.column_name, c.udt_name, c.is_nullable = 'YES' as nullable,
           c.column_default is not null or c.is_identity = 'YES' as optional
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.table_name <> 'migrations'
      -- Days of the usage log are partitions of a table that is here.
      and not (select relispartition from pg_class where oid = format('%I', c.table_name)::regclass)`.execute(db);
  const shape: Shape = {};
  for (const row of rows) {
    const columns = shape[row.table_name] ?? {};
    const kind = KINDS[row.udt_name] ?? `unknown type ${row.udt_name}`;
    columns[row.column_name] = { nullable: row.nullable, optional: row.optional, kind };
    shape[row.table_name] = columns;
  }
  return shape;
}

/** PostgreSQL's type → how the driver gives it. */
const KINDS: Readonly<Record<string, string>> = {
  uuid: 'string',
  text: 'string',
  xid8: 'string',
  int2: 'number',
  int4: 'number',
  int8: 'number',
  bool: 'boolean',
  bytea: 'Buffer',
  timestamptz: 'Date',
  jsonb: 'json',
  _text: 'string[]',
};

/** The declarations are read as text: types are gone when a program runs. */
function readTypes(): Shape {
  const read = (name: string) =>
    readFileSync(new URL(name, import.meta.url), 'utf8').replace(/\/\*\*.*?\*\/|\/\/.*/gs, '');
  const scoped = columnsOf(read('tables/columns.ts').split('interface Scoped {')[1]?.split('\n}')[0] ?? '');
  const files = readdirSync(new URL('tables/', import.meta.url), { recursive: true, encoding: 'utf8' });
  const areas = files.filter((name) => name.endsWith('.ts')).map((name) => read(`tables/${name}`));
  const tables = [read('tables.ts'), ...areas].map(
    (text) => text.split(/export interface \w*Tables\s[^{]*\{/)[1] ?? '',
  );
  const shape: Shape = {};
  for (const [, name = '', base, body = ''] of tables.join('\n').matchAll(/^ {2}(\w+): (Scoped & )?\{(.*?)\};$/gms)) {
    shape[name] = { ...(base && scoped), ...columnsOf(body) };
  }
  return shape;
}

function columnsOf(body: string): Record<string, Column> {
  return Object.fromEntries(
    body.split(/;\s*/).flatMap((line) => {
      const [, name, type] = /^\s*(\w+): (.+)$/s.exec(line) ?? [];
      return name && type ? [[name, columnOf(type.trim())]] : [];
    }),
  );
}

function columnOf(type: string): Column {
  const nullable = /\| null$/.test(type);
  const bare = type.replace(/ \| null$/, '');
  const generated = /^Generated<(.*)>$/.exec(bare)?.[1];
  return { nullable, optional: generated !== undefined || bare.startsWith('Default'), kind: kindOf(generated ?? bare) };
}

function kindOf(type: string): string {
  if (/^(Default)?Time$/.test(type)) return 'Date';
  if (/^(Default)?Json</.test(type)) return 'json';
  if (/^'/.test(type) || type === 'Environment') return 'string';
  return type;
}
