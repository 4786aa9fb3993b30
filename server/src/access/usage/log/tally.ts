/** Adding up requests: what a row's summary holds, and what the answers of the API are made from. */
import { type Columns, readRoute, textAt, type UsageRoute } from './columns.ts';

/** [requests, rows, bytes, sends] */
type Traffic = [number, number, number, number];
/** [requests, of them denied, first, last]: times in milliseconds since 1970. */
type Presence = [number, number, number, number];

export interface Tally {
  requests: number;
  denied: number;
  rows: number;
  bytes: number;
  sends: number;
  /** `GET /api/v1/sources` → status → traffic */
  readonly routes: Map<string, Map<string, Traffic>>;
  readonly ips: Map<string, Presence>;
  readonly agents: Map<string, Presence>;
  /** Scopes that routes asked for. */
  readonly scopes: Map<string, Presence>;
  readonly codes: Map<string, number>;
  /** Scope that the shadow set lacked → presence; `shadowRoutes`: the routes that asked for it. */
  readonly shadow: Map<string, Presence>;
  readonly shadowRoutes: Map<string, number>;
}

/** As JSON: maps as objects. */
export interface Summary {
  readonly totals: readonly [requests: number, denied: number, rows: number, bytes: number, sends: number];
  readonly routes: Record<string, Record<string, Traffic>>;
  readonly ips: Record<string, Presence>;
  readonly agents: Record<string, Presence>;
  readonly scopes: Record<string, Presence>;
  readonly codes: Record<string, number>;
  readonly shadow: Record<string, Presence>;
  readonly shadowRoutes: Record<string, number>;
}

/** Texts that callers choose: those beyond the bound are added up under this name. */
export const OTHERS = '*';
const MOST_IN_ROW = { ips: 500, agents: 50 };

/** Refused for want of a right or of room, whatever the reason. */
export function isDenied(status: number): boolean {
  return status === 401 || status === 403 || status === 429;
}

export function createTally(): Tally {
  return {
    requests: 0,
    denied: 0,
    rows: 0,
    bytes: 0,
    sends: 0,
    routes: new Map(),
    ips: new Map(),
    agents: new Map(),
    scopes: new Map(),
    codes: new Map(),
    shadow: new Map(),
    shadowRoutes: new Map(),
  };
}

/** How many messages a request made leave, as far as its answer tells: a batch answers with one row each. */
export function sendsOf(route: UsageRoute, status: number, rows: number): number {
  return route.sends && status < 300 ? Math.max(1, rows) : 0;
}

/** Adds the requests that `wanted` names. */
export function addColumns(tally: Tally, columns: Columns, wanted?: (i: number) => boolean): void {
  const routes = columns.routes.values.map(readRoute);
  // Numbers first, texts once for each of them: a chunk has few different ones.
  const traffic = new Map<number, Traffic>();
  const asked = new Map<number, Presence>();
  const ips: Presence[] = [];
  const agents: Presence[] = [];
  for (let i = 0; i < columns.count; i++) {
    if (wanted && !wanted(i)) continue;
    const at = columns.at[i] ?? 0;
    const route = columns.route[i] ?? 0;
    const status = columns.status[i] ?? 0;
    const rows = columns.rows[i] ?? 0;
    const denied = isDenied(status) ? 1 : 0;
    const key = route * 1_000 + status;
    let row = traffic.get(key);
    let presence = asked.get(key);
    if (!row || !presence) {
      row = [0, 0, 0, 0];
      presence = [0, 0, at, at];
      traffic.set(key, row);
      asked.set(key, presence);
    }
    row[0]++;
    row[1] += rows;
    row[2] += columns.bytes[i] ?? 0;
    const info = routes[route];
    if (info) row[3] += sendsOf(info, status, rows);
    see(presence, denied, at);
    see(presenceAt(ips, columns.ip[i] ?? 0, at), denied, at);
    see(presenceAt(agents, columns.agent[i] ?? 0, at), denied, at);
    if (columns.code[i] !== 0) count(tally.codes, textAt(columns, 'code', 'codes', i) ?? '', 1);
    if (columns.shadow[i] !== 0) {
      merge(tally.shadow, textAt(columns, 'shadow', 'shadows', i) ?? '', [1, denied, at, at]);
      if (info) count(tally.shadowRoutes, nameOf(info), 1);
    }
  }
  for (const [key, row] of traffic) {
    const info = routes[Math.floor(key / 1_000)];
    const presence = asked.get(key);
    if (!info || !presence) continue;
    const status = key % 1_000;
    addTraffic(tally, nameOf(info), String(status), row);
    merge(tally.scopes, info.scope, presence);
    tally.denied += presence[1];
  }
  for (const [n, presence] of ips.entries()) if (presence) merge(tally.ips, columns.ips.values[n] ?? '', presence);
  for (const [n, presence] of agents.entries()) {
    if (presence) merge(tally.agents, columns.agents.values[n] ?? '', presence);
  }
}

export function addSummary(tally: Tally, summary: Summary): void {
  tally.denied += summary.totals[1];
  for (const [route, statuses] of Object.entries(summary.routes)) {
    for (const [status, traffic] of Object.entries(statuses)) addTraffic(tally, route, status, traffic);
  }
  for (const name of ['ips', 'agents', 'scopes', 'shadow'] as const) {
    for (const [text, presence] of Object.entries(summary[name])) merge(tally[name], text, presence);
  }
  for (const name of ['codes', 'shadowRoutes'] as const) {
    for (const [text, times] of Object.entries(summary[name])) count(tally[name], text, times);
  }
}

export function summaryOf(tally: Tally): Summary {
  return {
    totals: [tally.requests, tally.denied, tally.rows, tally.bytes, tally.sends],
    routes: Object.fromEntries([...tally.routes].map(([route, statuses]) => [route, Object.fromEntries(statuses)])),
    ips: Object.fromEntries(mostPresent(tally.ips, MOST_IN_ROW.ips)),
    agents: Object.fromEntries(mostPresent(tally.agents, MOST_IN_ROW.agents)),
    scopes: Object.fromEntries(tally.scopes),
    codes: Object.fromEntries(tally.codes),
    shadow: Object.fromEntries(tally.shadow),
    shadowRoutes: Object.fromEntries(tally.shadowRoutes),
  };
}

/** Those with the most requests; the others added up as `*`, last. */
export function mostPresent(map: ReadonlyMap<string, Presence>, most: number): [string, Presence][] {
  const sorted = [...map].sort(([a, x], [b, y]) => Number(a === OTHERS) - Number(b === OTHERS) || y[0] - x[0]);
  if (sorted.length <= most) return sorted;
  const rest = new Map<string, Presence>();
  for (const [, presence] of sorted.slice(most)) merge(rest, OTHERS, presence);
  return [...sorted.slice(0, most), ...rest];
}

export function nameOf(route: UsageRoute): string {
  return `${route.method} ${route.path}`;
}

function addTraffic(tally: Tally, route: string, status: string, [requests, rows, bytes, sends]: Traffic): void {
  tally.requests += requests;
  tally.rows += rows;
  tally.bytes += bytes;
  tally.sends += sends;
  let statuses = tally.routes.get(route);
  if (!statuses) {
    statuses = new Map();
    tally.routes.set(route, statuses);
  }
  const sum = statuses.get(status);
  if (!sum) {
    statuses.set(status, [requests, rows, bytes, sends]);
    return;
  }
  sum[0] += requests;
  sum[1] += rows;
  sum[2] += bytes;
  sum[3] += sends;
}

function presenceAt(list: Presence[], n: number, at: number): Presence {
  let presence = list[n];
  if (!presence) {
    presence = [0, 0, at, at];
    list[n] = presence;
  }
  return presence;
}

function see(presence: Presence, denied: number, at: number): void {
  presence[0]++;
  presence[1] += denied;
  if (at < presence[2]) presence[2] = at;
  if (at > presence[3]) presence[3] = at;
}

function merge(map: Map<string, Presence>, name: string, [requests, denied, first, last]: Presence): void {
  const sum = map.get(name);
  if (!sum) {
    map.set(name, [requests, denied, first, last]);
    return;
  }
  sum[0] += requests;
  sum[1] += denied;
  if (first < sum[2]) sum[2] = first;
  if (last > sum[3]) sum[3] = last;
}

function count(map: Map<string, number>, name: string, times: number): void {
  map.set(name, (map.get(name) ?? 0) + times);
}
