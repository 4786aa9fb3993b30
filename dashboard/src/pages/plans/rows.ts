/** A rule's JSON schema as rows of fields, and back: what rows cannot say stays in the schema as it is. */

export const TYPES = ['any', 'string', 'number', 'integer', 'boolean', 'object', 'array'] as const;
export type FieldType = (typeof TYPES)[number];

export interface Row {
  name: string;
  type: FieldType;
  required: boolean;
  description: string;
}

type Json = Record<string, unknown>;

/** Where a rule's fields are: `properties` of a track call, `traits` of identify and group. */
export type Part = 'properties' | 'traits';

export function partOf(type: string): Part {
  return type === 'IDENTIFY' || type === 'GROUP' ? 'traits' : 'properties';
}

export function rowsOf(schema: unknown, part: Part): Row[] {
  const inner = object(object(object(schema)['properties'])[part]);
  const required = list(inner['required']);
  return Object.entries(object(inner['properties'])).map(([name, field]) => ({
    name,
    type: typeIn(object(field)['type']),
    required: required.includes(name),
    description: String(object(field)['description'] ?? ''),
  }));
}

export function withRows(schema: unknown, part: Part, rows: readonly Row[]): Json {
  const outer = object(schema);
  const parts = object(outer['properties']);
  const inner = object(parts[part]);
  const before = object(inner['properties']);
  const properties = Object.fromEntries(
    rows.filter(({ name }) => name !== '').map((row) => [row.name, fieldOf(object(before[row.name]), row)]),
  );
  const required = rows.filter((row) => row.required && row.name !== '').map(({ name }) => name);
  return {
    type: 'object',
    ...outer,
    properties: { ...parts, [part]: { type: 'object', ...inner, properties, required } },
  };
}

function fieldOf(before: Json, { type, description }: Row): Json {
  const { type: was, description: _, ...rest } = before;
  // A type that rows cannot show, such as a number or null, is kept while nobody changes it.
  const kept = typeIn(was) === type ? was : type === 'any' ? undefined : type;
  return { ...rest, ...(kept !== undefined && { type: kept }), ...(description !== '' && { description }) };
}

function typeIn(value: unknown): FieldType {
  const [first] = [value].flat().filter((one) => one !== 'null');
  return TYPES.find((type) => type === first) ?? 'any';
}

function object(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
