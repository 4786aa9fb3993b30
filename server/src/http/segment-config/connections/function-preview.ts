/** POST W/functions/preview: runs code with a payload (contract segment-config-api §18.3). */
import { Type } from 'typebox';
import { invalidField } from '../../../errors.ts';
import type { Http, RouteAccess } from '../../route.ts';
import { ConfigError } from '../protocol/conventions.ts';
import { WorkspaceParams } from '../protocol/names.ts';
import { Code, type FunctionRoutesParts, Kind, kindOf, strict, text } from './functions.ts';

/** Of a caller and minute: each run may compute for a second. */
const previews: RouteAccess = {
  scope: 'workspace',
  door: 'segment-config',
  idempotent: false,
  limit: { name: 'function-previews', quota: 60, windowSeconds: 60 },
};

const Preview = Type.Object({
  invoke: Type.Object({
    success: Type.Boolean(),
    output: Type.String(),
    error_reason: Type.Union([Type.String(), Type.Null()]),
  }),
  logs: Type.Array(Type.Object({ message: Type.String(), created_at: Type.String() })),
  logs_truncated: Type.Boolean(),
  session_id: Type.String(),
});

export function functionPreviewRoute(door: Http, { functions, names }: FunctionRoutesParts): void {
  door.route({
    method: 'POST',
    url: '/workspaces/:workspace/functions/preview',
    config: { access: previews },
    schema: {
      operationId: 'segmentConfigFunctions.preview',
      tags: ['Segment Config API'],
      summary: 'Run code with a payload; what it fetches is fetched (Segment Config API)',
      params: WorkspaceParams,
      querystring: Type.Object({ type: Type.Optional(Kind) }),
      body: Type.Object(
        {
          type: Type.Optional(Kind),
          function: Type.Object(
            {
              code: Code,
              buildpack: Type.Optional(text(100)),
              settings: Type.Optional(Type.Unknown({ description: 'Values: a map, or a list of {name, value}.' })),
            },
            strict,
          ),
          payload: Type.Optional(text(524_288)),
          session_id: Type.Optional(text(100)),
        },
        strict,
      ),
      response: { 200: Preview, '4xx': ConfigError },
    },
    async handler(request) {
      const { scope } = await names.workspace(request, request.params);
      const { function: made, type, payload = 'null', session_id } = request.body;
      const sent = parsed(payload);
      // A request of a source stands under a key of its own.
      const wrapped = typeof sent === 'object' && sent !== null && 'payload' in sent;
      const asked = request.query.type ?? type;
      const kind = asked === undefined ? (wrapped ? 'source' : 'destination') : kindOf(asked);
      const outcome = await functions.preview(scope, {
        kind,
        code: made.code,
        payload: kind === 'source' && wrapped ? sent.payload : sent,
        settings: valuesOf(made.settings),
      });
      const { error, result, events, logs } = outcome;
      const output = events.length > 0 ? events : result;
      return {
        invoke: {
          success: error === null,
          output: error !== null || output === null ? '' : JSON.stringify(output),
          error_reason: error && reasonOf(error),
        },
        logs: logs.map(({ message, at }) => ({ message, created_at: new Date(at).toISOString() })),
        logs_truncated: outcome.logsTruncated,
        session_id: session_id || `sess-${crypto.randomUUID()}`,
      };
    },
  });
}

function reasonOf({ name, message, line, column }: { name: string; message: string; line?: number; column?: number }) {
  return `${name}: ${message}${line === undefined ? '' : ` (line ${line}, column ${column})`}`;
}

function parsed(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    throw invalidField('payload', 'must be JSON in a string');
  }
}

/** Definitions that carry a value, or values by their name. */
function valuesOf(settings: unknown): Readonly<Record<string, unknown>> {
  if (!Array.isArray(settings)) return typeof settings === 'object' && settings !== null ? { ...settings } : {};
  const entries = settings.flatMap((one: unknown) =>
    typeof one === 'object' && one !== null && 'name' in one && 'value' in one
      ? [[String(one.name), one.value] as const]
      : [],
  );
  return Object.fromEntries(entries);
}
