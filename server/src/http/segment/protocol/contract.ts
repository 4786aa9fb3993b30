/**
 * The facts of Segment's Public API that the door is built from: every operation, its versions, query, body, answer and
 * documented limit. The two JSON files are digests of the OpenAPI document (scripts/segment-contract.mjs).
 */
import { readFileSync } from 'node:fs';

export type Version = 'v1' | 'v1beta' | 'v1alpha';

/** JSON Schema as far as the digest uses it; `$ref` names a schema of schemas.json. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: boolean | Schema;
  readonly anyOf?: readonly Schema[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

export interface Operation {
  readonly id: string;
  readonly tag: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With `{name}` for parameters. */
  readonly path: string;
  readonly priority: 'P1' | 'P2';
  /** Most mature first; that one answers a client that names none. */
  readonly versions: readonly Version[];
  readonly limit?: { readonly requests: number; readonly per: 'minute' | 'day' };
  readonly status: 200 | 201;
  readonly query: readonly { readonly name: string; readonly required: boolean; readonly schema: Schema }[];
  readonly body?: Readonly<Partial<Record<Version, Schema>>>;
  readonly answer: Readonly<Partial<Record<Version, Schema>>>;
}

function read<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`./contract/${name}`, import.meta.url), 'utf8')) as T;
}

export const OPERATIONS: readonly Operation[] = read('operations.json');

const SCHEMAS: Readonly<Record<string, Schema>> = read('schemas.json');

export const SCHEMA_NAMES: readonly string[] = Object.keys(SCHEMAS);

/** @throws Error for a name that the digest lacks: it is made by a program, so that is a mistake of ours. */
export function schemaNamed(name: string): Schema {
  const schema = Object.hasOwn(SCHEMAS, name) ? SCHEMAS[name] : undefined;
  if (!schema) throw new Error(`The contract has no schema ${name}.`);
  return schema;
}

export function resolved(schema: Schema): Schema {
  return schema.$ref === undefined ? schema : schemaNamed(schema.$ref);
}
