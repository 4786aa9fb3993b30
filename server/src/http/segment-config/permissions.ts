/**
 * What a call of the Config API needs, by its path and method (contract segment-config-api §7), asked before the handler.
 * The rules are those of the Public API (segment/permissions/rules.ts). A path that no row names stops the start.
 */
import type { FastifyRequest } from 'fastify';
import { type Authority, authorityOf } from '../../access/permissions/authority.ts';
import type { Area, Level } from '../../access/permissions/roles.ts';
import type { Target } from '../../access/permissions/types.ts';
import type { SourceRow } from '../../connections/sources/queries.ts';
import { AppError, notFound } from '../../errors.ts';
import { type Http, principalOf } from '../route.ts';
import { shortId } from '../segment/protocol/ids.ts';
import type { Names } from './protocol/names.ts';

interface Row {
  readonly path: RegExp;
  /** null: every credential of the door. */
  readonly area: Area | null;
  /** Default: read for GET, else write. */
  readonly level?: Level;
  /** Default: the whole workspace. */
  readonly on?: 'source' | 'function';
  /** A list, of which everybody sees what they may read. */
  readonly list?: true;
  /** Sources that a body names; changing them takes Source Admin, too. */
  readonly sources?: true;
}

/** The first that fits. */
const ROWS: readonly Row[] = [
  { path: /^\/catalog\//, area: null },
  { path: /^\/workspaces(\/:workspace)?$/, area: null },
  { path: /^\/filters\/preview$/, area: null },
  { path: /^\/access-tokens(\/|$)/, area: 'tokens' },
  { path: /^\/(workspaces\/:workspace\/apps|installs)(\/|$)/, area: 'tokens' },
  { path: /^\/workspaces\/:workspace\/(roles|users|invites)(\/|$)/, area: 'iam' },
  { path: /^\/workspaces\/:workspace\/(regulations|suppressed-users)(\/|$)/, area: 'privacy' },
  { path: /^\/workspaces\/:workspace\/sources\/:source\/regulations(\/|$)/, area: 'privacy' },
  // Figures of the whole workspace: `event-delivery-metrics:batchGetSummary`.
  { path: /^\/workspaces\/:workspace\/(:call$|event-delivery-metrics)/, area: 'usage' },
  { path: /^\/workspaces\/:workspace\/sources$/, area: 'source', list: true },
  { path: /^\/workspaces\/:workspace\/sources\/:source\/schema-config$/, area: 'source', on: 'source', sources: true },
  { path: /^\/workspaces\/:workspace\/sources\/:source(\/|$)/, area: 'source', on: 'source' },
  { path: /^\/workspaces\/:workspace\/tracking-plans\/:\w+\/source-connections/, area: 'tracking-plan', sources: true },
  { path: /^\/workspaces\/:workspace\/tracking-plans(\/|$)/, area: 'tracking-plan' },
  { path: /^\/workspaces\/:workspace\/functions\/:\w+\/deploy$/, area: 'function', level: 'write', on: 'function' },
  { path: /^\/workspaces\/:workspace\/functions\/:\w+(\/|$)/, area: 'function', on: 'function' },
  { path: /^\/workspaces\/:workspace\/functions$/, area: 'function', list: true },
  { path: /^\/workspaces\/:workspace\/functions\/preview$/, area: 'function' },
];

const PREFIX = /^\/(segment-config\/)?v1beta/;

/** @throws Error for a path that stands nowhere. */
function rowOf(url: string): Row {
  const path = url.replace(PREFIX, '');
  const row = ROWS.find((one) => one.path.test(path));
  if (!row) throw new Error(`segment-config/permissions.ts says nothing about ${path}.`);
  return row;
}

/** Call it before the routes are registered. */
export function guardConfigRoutes(door: Http, { names }: { names: Names }): void {
  door.addHook('onRoute', ({ url }) => void rowOf(url));

  door.addHook('preHandler', async (request) => {
    if (request.is404) return;
    await authorize(request, rowOf(request.routeOptions.url ?? ''), authorityOf(principalOf(request)));
  });

  // Before the fields of an answer are checked: what the caller may not see is taken out.
  door.addHook('preSerialization', async (request, reply, payload: unknown) => {
    if (!request.principal || request.is404 || reply.statusCode >= 400 || !isObject(payload)) return payload;
    return shown(payload, rowOf(request.routeOptions.url ?? ''), authorityOf(request.principal));
  });

  async function authorize(request: FastifyRequest, row: Row, authority: Authority): Promise<void> {
    const { area, on } = row;
    const level = row.level ?? (request.method === 'GET' || request.method === 'HEAD' ? 'read' : 'write');
    if (area === null || (row.list && level === 'read')) return;
    const target = authority.may(area, level, null) ? null : await targetOf(request, on);
    if (!authority.may(area, level, target)) throw refused(area, level);
    if (row.sources && level === 'write' && !authority.may('source', 'write', null)) {
      for (const source of await sourcesIn(request)) {
        if (!authority.may('source', 'write', sourceTarget(source))) throw refused('source', 'write');
      }
    }
  }

  async function targetOf(request: FastifyRequest, on: Row['on']): Promise<Target | null> {
    const params = request.params as Record<string, string>;
    if (on === 'source') {
      const { workspace = '', source = '' } = params;
      return sourceTarget((await names.source(request, { workspace, source })).source);
    }
    const id = params['function'] ?? params['id'];
    return on === 'function' && id !== undefined ? { type: 'FUNCTION', id, labels: [] } : null;
  }

  /** Of a path or a body, by slug, id or full name. @throws AppError not_found. */
  async function sourcesIn(request: FastifyRequest): Promise<SourceRow[]> {
    const { workspace = '', source } = request.params as Record<string, string>;
    const { scope } = await names.workspace(request, { workspace });
    const found: SourceRow[] = [];
    for (const name of new Set([...(source === undefined ? [] : [source]), ...sourceNames(request.body)])) {
      const row = await names.findSource(scope, name);
      if (!row) throw notFound('source');
      found.push(row);
    }
    return found;
  }
}

/** A source, several of them, and those that events are passed on to (schema-config). */
const NAMES_SOURCES = /^(source_?names?|forwarding_(violations|blocked_events)_to)$/i;

/** However deep: a connection may be wrapped, and many of them be a list. An empty name is none. */
function sourceNames(body: unknown, depth = 0): string[] {
  if (depth > 4 || typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([name, value]) =>
    NAMES_SOURCES.test(name)
      ? [value].flat().filter((one): one is string => typeof one === 'string' && one !== '')
      : sourceNames(value, depth + 1),
  );
}

function sourceTarget({ id, labels }: Pick<SourceRow, 'id' | 'labels'>): Target {
  return { type: 'SOURCE', id: shortId(id), labels: labels.map(({ key, value }) => ({ key, value })) };
}

function shown(payload: Record<string, unknown>, row: Row, authority: Authority): unknown {
  const list = Object.keys(payload).find((name) => Array.isArray(payload[name]));
  let seen = payload;
  const { area } = row;
  if (row.list && area !== null && list !== undefined && !authority.may(area, 'read', null)) {
    const items = (payload[list] as unknown[]).filter(
      (item) => isObject(item) && authority.may(area, 'read', itemTarget(item, area)),
    );
    seen = { ...payload, [list]: items };
  }
  if (row.area !== 'source' || authority.may('source', 'write', null)) return seen;
  const hidden = (item: unknown) =>
    isObject(item) && Array.isArray(item['write_keys']) && !authority.may('source', 'write', itemTarget(item, 'source'))
      ? { ...item, write_keys: [] }
      : item;
  if (row.list && list !== undefined) return { ...seen, [list]: (seen[list] as unknown[]).map(hidden) };
  return hidden(seen);
}

function itemTarget(item: Record<string, unknown>, area: Area): Target {
  const labels = isObject(item['labels']) ? Object.entries(item['labels']) : [];
  return {
    type: area === 'function' ? 'FUNCTION' : 'SOURCE',
    id: String(item['id']),
    labels: labels.map(([key, value]) => ({ key, value: String(value) })),
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refused(area: Area, level: Level): AppError {
  return new AppError(
    'forbidden',
    `Your permissions do not allow this: it takes a role that may ${level} this ${area}.`,
  );
}
