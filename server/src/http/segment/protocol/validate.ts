/** Checks queries and bodies against the contract and tells every failing field, in the words of the field's server (contract §1.5). */
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { storableText } from '../../../db/text.ts';
import { AppError, type FieldError } from '../../../errors.ts';
import { type Operation, SCHEMA_NAMES, type Schema, schemaNamed, type Version } from './contract.ts';

const MAX_FIELDS = 100;
const MAX_PATH = 300;

// The digest's `$ref` is a bare name, which is the id of a schema here. Unknown fields are let pass (contract §1.7).
const ajv = new Ajv({ allErrors: true, strict: false });
for (const name of SCHEMA_NAMES) ajv.addSchema(schemaNamed(name) as object, name);

const compiled = new Map<string, ValidateFunction>();

/** @throws AppError validation_error listing all failing fields with their dotted paths. */
export function checkBody(operation: Operation, version: Version, body: unknown): void {
  const schema = operation.body?.[version];
  checkTexts(body);
  if (schema) check(`${operation.id} ${version}`, schema, body ?? {});
}

/** @throws AppError validation_error, as above. */
export function checkQuery(operation: Operation, query: Record<string, unknown>): void {
  const required = operation.query.filter((parameter) => parameter.required).map((parameter) => parameter.name);
  const properties = Object.fromEntries(operation.query.map(({ name, schema }) => [name, schema]));
  checkTexts(query);
  check(`${operation.id} query`, { type: 'object', required, properties }, { ...query });
}

/** Of what comes in a body: tools and people write less, and what walks it would run out of stack. */
const MAX_DEPTH = 100;

/** Neither PostgreSQL's text nor its jsonb takes NUL or half a surrogate pair. @throws AppError validation_error */
function checkTexts(value: unknown): void {
  const fields: FieldError[] = [];
  const bad = (path: string, what: string) => {
    if (fields.length < MAX_FIELDS) fields.push({ field: path, message: `"${path}" ${what}` });
  };
  const walk = (inner: unknown, path: string, depth: number): void => {
    if (typeof inner === 'string') {
      if (storableText(inner) !== inner) bad(path, 'must not contain NUL or half a character');
    } else if (depth === MAX_DEPTH) {
      bad(path.slice(0, MAX_PATH), `must not be deeper than ${MAX_DEPTH} levels`);
    } else if (typeof inner === 'object' && inner !== null) {
      for (const [name, item] of Object.entries(inner)) {
        const at = path === '' ? name : `${path}.${name}`;
        if (storableText(name) !== name) bad(storableText(at), 'must not contain NUL or half a character');
        walk(item, at, depth + 1);
      }
    }
  };
  walk(value, '', 0);
  const [first] = fields;
  if (first) throw new AppError('validation_error', first.message, { fields });
}

/** Compiled at first use: of 146 operations a client uses a few. */
function check(key: string, schema: Schema, value: unknown): void {
  let validate = compiled.get(key);
  if (!validate) {
    validate = ajv.compile(schema as object);
    compiled.set(key, validate);
  }
  if (validate(value)) return;
  const fields = fieldsOf(validate.errors ?? []);
  throw new AppError('validation_error', fields[0]?.message ?? 'The request is not valid.', { fields });
}

function fieldsOf(errors: readonly ErrorObject[]): FieldError[] {
  const byField = new Map<string, FieldError>();
  for (const error of errors) {
    // An alternative that failed is told of by its parts.
    if (error.keyword === 'anyOf') continue;
    const found = fieldError(error);
    if (!byField.has(found.field)) byField.set(found.field, found);
    if (byField.size === MAX_FIELDS) break;
  }
  return [...byField.values()];
}

function fieldError(error: ErrorObject): FieldError {
  const path = error.instancePath.slice(1).replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~');
  const missing: unknown = error.params['missingProperty'];
  const field = [path, typeof missing === 'string' ? missing : ''].filter((part) => part !== '').join('.');
  const name = `"${field === '' ? 'value' : field}"`;
  return { field, message: `${name} ${problem(error)}` };
}

function problem(error: ErrorObject): string {
  const { params } = error;
  switch (error.keyword) {
    case 'required':
      return 'is required';
    case 'type':
      return `must be ${article(
        [params['type']]
          .flat()
          .filter((type) => type !== 'null')
          .map(String),
      )}`;
    case 'enum':
      return `must be one of [${[params['allowedValues']].flat().map(String).join(', ')}]`;
    case 'minLength':
      return params['limit'] === 1
        ? 'is not allowed to be empty'
        : `length must be at least ${params['limit']} characters long`;
    case 'maxLength':
      return `length must be less than or equal to ${params['limit']} characters long`;
    case 'minimum':
      return `must be greater than or equal to ${params['limit']}`;
    case 'maximum':
      return `must be less than or equal to ${params['limit']}`;
    default:
      return error.message ?? 'is not valid';
  }
}

function article(types: readonly string[]): string {
  return types.map((type) => (/^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`)).join(' or ');
}
