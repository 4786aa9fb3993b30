/**
 * Calls operations of the Public API by their name and holds every answer against the contract: status, media type, all
 * required fields, no field beyond the declared ones. Every call that names an object is made by another workspace first,
 * which must be told that there is none. Every call that changes something must leave an audit entry.
 */
import { Ajv } from 'ajv';
import { expect } from 'vitest';
import {
  OPERATIONS,
  type Operation,
  resolved,
  SCHEMA_NAMES,
  type Schema,
  schemaNamed,
  type Version,
} from '../../src/http/segment/protocol/contract.ts';
import { newWorkspace, type TestApp, type TestWorkspace } from '../support/app.ts';

export interface Ask {
  /** Of the path. */
  readonly params?: Readonly<Record<string, string>>;
  /** As the guide writes it: `{'pagination.count': '2'}`. */
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
  /** Default: none is named. */
  readonly version?: Version;
  /** The parameter names nothing of a workspace: no stranger asks first. */
  readonly everybodys?: true;
  /** The call finds everything as it wants it: there need not be an audit entry. */
  readonly changesNothing?: true;
}

// Answers are compared field by field by the tests; a field that the documented schema lacks would break Java's client.
// biome-ignore lint/suspicious/noExplicitAny: as above.
export type Data = any;

export interface SegmentError {
  readonly status: number;
  readonly errors: readonly { type: string; message?: string; field?: string }[];
}

export interface SegmentClient {
  readonly workspace: TestWorkspace;
  readonly headers: Readonly<Record<string, string>>;
  /** @returns what stands under `data`, checked. Fails the test for every other answer. */
  call(operationId: string, ask?: Ask): Promise<Data>;
  /** @returns the errors, in the documented envelope. Fails the test for a success. */
  fails(operationId: string, ask?: Ask): Promise<SegmentError>;
}

/** Operations that are no GET and change nothing. */
const READING = new Set(['previewDestinationFilter', 'createValidationInWarehouse', 'createAudiencePreview']);

/** Operations that were answered with success, in this process. */
export const answered = new Set<string>();

export async function segmentClient(app: TestApp, given: { workspace?: TestWorkspace } = {}): Promise<SegmentClient> {
  const workspace = given.workspace ?? (await newWorkspace(app));
  const headers = await workspace.keyHeaders();
  const stranger = await (await newWorkspace(app)).keyHeaders();

  async function send(operation: Operation, ask: Ask, as: Record<string, string>) {
    const { params = {}, query, body, version } = ask;
    const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      const value = params[name];
      if (value === undefined) throw new Error(`${operation.id} needs the parameter ${name}.`);
      return encodeURIComponent(value);
    });
    return await app.http.inject({
      method: operation.method,
      url: `${path}${query ? `?${new URLSearchParams(query)}` : ''}`,
      headers: { ...as, ...(version && { accept: `application/vnd.segment.${version}+json` }) },
      ...(body && { payload: body }),
    });
  }

  async function askAsStranger(operation: Operation, ask: Ask): Promise<void> {
    if (!ask.params || ask.everybodys) return;
    const answer = await send(operation, ask, stranger);
    expect([answer.statusCode, answer.json()], `${operation.id} by a stranger`).toEqual([
      404,
      { errors: [expect.objectContaining({ type: 'NotFound' })] },
    ]);
  }

  async function auditEntries(): Promise<number> {
    const heads = app.database.db.selectFrom('audit_heads').select('seq');
    return (await heads.where('workspace_id', '=', workspace.workspace.id).executeTakeFirst())?.seq ?? 0;
  }

  return {
    workspace,
    headers,

    async call(operationId, ask = {}) {
      const operation = operationNamed(operationId);
      await askAsStranger(operation, ask);
      const before = await auditEntries();
      const answer = await send(operation, ask, headers);
      expect([answer.statusCode, answer.body], operationId).toEqual([operation.status, expect.any(String)]);
      expect(answer.headers['content-type'], operationId).toMatch(/^application\/json/);
      const body: { data: unknown } = answer.json();
      expect(problemsOf(operation, ask.version ?? operation.versions[0] ?? 'v1', body), operationId).toEqual([]);
      if (operation.method !== 'GET' && !READING.has(operationId) && !ask.changesNothing) {
        expect(await auditEntries(), `audit entries after ${operationId}`).toBeGreaterThan(before);
      }
      answered.add(operationId);
      return body.data;
    },

    async fails(operationId, ask = {}) {
      const answer = await send(operationNamed(operationId), ask, headers);
      expect(answer.statusCode, `${operationId} ${answer.body}`).toBeGreaterThanOrEqual(400);
      const body: { errors: SegmentError['errors'] } = answer.json();
      expect(Object.keys(body), operationId).toEqual(['errors']);
      expect(body.errors.length, operationId).toBeGreaterThan(0);
      for (const error of body.errors) expect(error.type, operationId).toEqual(expect.any(String));
      return { status: answer.statusCode, errors: body.errors };
    },
  };
}

function operationNamed(id: string): Operation {
  const found = OPERATIONS.find((operation) => operation.id === id);
  if (!found) throw new Error(`The contract has no operation ${id}.`);
  return found;
}

const ajv = new Ajv({ allErrors: true, strict: false });
for (const name of SCHEMA_NAMES) ajv.addSchema(closed(schemaNamed(name)), name);

/** @returns what the contract does not allow in this answer; the envelope without `errors`. */
function problemsOf(operation: Operation, version: Version, body: unknown): string[] {
  const schema = operation.answer[version] ?? operation.answer[operation.versions[0] ?? 'v1'] ?? {};
  const data = resolved(schema).properties?.['data'] ?? {};
  const validate = ajv.compile({
    type: 'object',
    required: ['data'],
    additionalProperties: false,
    properties: { data: closed(data) },
  });
  validate(body);
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

/** The schema with no field allowed beyond the declared ones. */
function closed(schema: Schema): object {
  const { properties, items, anyOf } = schema;
  return {
    ...schema,
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, closed(inner)])),
      additionalProperties: schema.additionalProperties ?? false,
    }),
    ...(items && { items: closed(items) }),
    ...(anyOf && { anyOf: anyOf.map(closed) }),
  };
}
