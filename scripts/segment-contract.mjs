/**
 * Digests the Public API's OpenAPI document into server/src/http/segment/protocol/contract/*.json: operations, and the schemas of
 * those we serve, without prose. Usage: node scripts/segment-contract.mjs <segment-public-api.openapi.json> [folder]
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const source = process.argv[2];
if (!source) {
  console.error('Usage: node scripts/segment-contract.mjs <segment-public-api.openapi.json> [folder]');
  process.exit(2);
}
const document = JSON.parse(readFileSync(source, 'utf8'));
const MEDIA = 'application/vnd.segment.';
const MATURITY = ['v1', 'v1beta', 'v1alpha'];

const needed = new Set();
const operations = [];
for (const [path, methods] of Object.entries(document.paths)) {
  for (const [method, operation] of Object.entries(methods)) operations.push(digest(path, method, operation));
}
operations.sort((a, b) => (a.id < b.id ? -1 : 1));

const schemas = {};
const open = [...needed];
for (let name = open.pop(); name !== undefined; name = open.pop()) {
  if (schemas[name]) continue;
  schemas[name] = bare(document.components.schemas[name], (other) => open.push(other));
}
write('operations.json', operations);
write('schemas.json', Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1))));

function digest(path, method, operation) {
  const [status] = Object.keys(operation.responses);
  const answers = operation.responses[status].content;
  return {
    id: operation.operationId,
    tag: operation.tags[0],
    method: method.toUpperCase(),
    path,
    priority: operation['x-priority'],
    versions: MATURITY.filter((version) => operation['x-versions'].includes(version)),
    ...(operation['x-rate-limit'] && { limit: operation['x-rate-limit'] }),
    ...(operation['x-required-permissions'] && { permissions: operation['x-required-permissions'] }),
    status: Number(status),
    query: (operation.parameters ?? [])
      .filter((parameter) => parameter.in === 'query')
      .map(({ name, required, schema }) => ({ name, required: required === true, schema: bare(schema, need) })),
    ...(operation.requestBody && { body: byVersion(operation.requestBody.content, operation['x-versions']) }),
    answer: byVersion(answers, operation['x-versions']),
  };
}

function byVersion(content, versions) {
  return Object.fromEntries(
    MATURITY.filter((version) => versions.includes(version)).map((version) => {
      const media = content[`${MEDIA}${version}+json`] ?? content['application/json'];
      return [version, bare(media.schema, need)];
    }),
  );
}

function need(name) {
  needed.add(name);
}

/** JSON Schema without prose; `nullable` as a type of its own, so that any validator understands it. */
function bare(schema, onReference) {
  if (schema.$ref) {
    const name = schema.$ref.split('/').at(-1);
    onReference(name);
    return schema.nullable ? { anyOf: [{ $ref: name }, { type: 'null' }] } : { $ref: name };
  }
  if (schema.allOf?.length === 1 && !schema.properties) {
    const inner = bare(schema.allOf[0], onReference);
    return schema.nullable ? { anyOf: [inner, { type: 'null' }] } : inner;
  }
  const kept = {};
  if (schema.type) kept.type = schema.nullable ? [schema.type, 'null'] : schema.type;
  if (schema.enum) kept.enum = schema.nullable && !schema.enum.includes(null) ? [...schema.enum, null] : schema.enum;
  for (const key of ['required', 'minLength', 'maxLength', 'minimum', 'maximum'])
    if (schema[key] !== undefined) kept[key] = schema[key];
  for (const key of ['allOf', 'anyOf', 'oneOf'])
    if (schema[key]) kept[key] = schema[key].map((one) => bare(one, onReference));
  if (schema.items) kept.items = bare(schema.items, onReference);
  if (schema.properties) {
    kept.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([name, inner]) => [name, bare(inner, onReference)]),
    );
  }
  if (typeof schema.additionalProperties === 'object')
    kept.additionalProperties = bare(schema.additionalProperties, onReference);
  else if (schema.additionalProperties !== undefined) kept.additionalProperties = schema.additionalProperties;
  return kept;
}

/** One line an entry: small, and a change of one shows as one line. */
function write(name, value) {
  const lines = Array.isArray(value)
    ? `[\n${value.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`
    : `{\n${Object.entries(value)
        .map(([key, one]) => `${JSON.stringify(key)}:${JSON.stringify(one)}`)
        .join(',\n')}\n}\n`;
  const own = fileURLToPath(new URL('../server/src/http/segment/protocol/contract', import.meta.url));
  writeFileSync(join(process.argv[3] ?? own, name), lines);
}
