/** What each key did in a set of requests: for the brakes, which look at every flush. */
import { networkOf } from '../../users/sign-in/throttle.ts';
import { type Columns, readRoute, readSubject, type UsageRoute } from './columns.ts';
import { isDenied, nameOf, sendsOf } from './tally.ts';

export interface KeyActivity {
  readonly keyId: number;
  readonly lineage: string;
  readonly workspaceId: string;
  /** IPv4 /24 and IPv6 /64 that requests were let in from. */
  readonly networks: readonly string[];
  /** Scopes that let requests in. */
  readonly scopes: readonly string[];
  /** `GET /api/v1/people` */
  readonly routes: readonly string[];
  readonly requests: number;
  readonly denied: number;
  readonly rows: number;
  readonly sends: number;
  /** Of the last request, and from where it came. */
  readonly at: Date;
  readonly lastIp: string;
}

interface Sum {
  requests: number;
  denied: number;
  rows: number;
  sends: number;
  at: number;
  lastIp: number;
  readonly ips: Set<number>;
  readonly routes: Set<number>;
}

export function activityOf(columns: Columns): KeyActivity[] {
  const routes = columns.routes.values.map(readRoute);
  const sums: Sum[] = [];
  for (let i = 0; i < columns.count; i++) {
    const sum = sumAt(sums, columns.subject[i] ?? 0);
    const status = columns.status[i] ?? 0;
    const route = columns.route[i] ?? 0;
    const rows = columns.rows[i] ?? 0;
    sum.requests++;
    sum.at = columns.at[i] ?? 0;
    sum.lastIp = columns.ip[i] ?? 0;
    if (isDenied(status)) {
      sum.denied++;
      continue;
    }
    sum.rows += rows;
    sum.ips.add(sum.lastIp);
    sum.routes.add(route);
    const info = routes[route];
    if (info?.sends) sum.sends += sendsOf(info, status, rows);
  }
  return sums.flatMap((sum, n) => keyActivity(sum, columns, n, routes) ?? []);
}

function keyActivity(sum: Sum, columns: Columns, subject: number, all: readonly UsageRoute[]): KeyActivity | null {
  const { principal, lineage } = readSubject(columns.subjects.values[subject] ?? '');
  if (!principal.startsWith('key:')) return null;
  const routes = [...sum.routes].flatMap((route) => all[route] ?? []);
  const ip = (n: number) => columns.ips.values[n] ?? '';
  return {
    keyId: Number(principal.slice(4)),
    lineage,
    workspaceId: columns.workspaceId ?? columns.callers[subject]?.workspaceId ?? '',
    networks: [...new Set([...sum.ips].map((n) => networkOf(ip(n))))],
    scopes: [...new Set(routes.map((route) => route.scope))],
    routes: routes.map(nameOf),
    requests: sum.requests,
    denied: sum.denied,
    rows: sum.rows,
    sends: sum.sends,
    at: new Date(sum.at),
    lastIp: ip(sum.lastIp),
  };
}

function sumAt(sums: Sum[], n: number): Sum {
  let sum = sums[n];
  if (!sum) {
    sum = newSum();
    sums[n] = sum;
  }
  return sum;
}

function newSum(): Sum {
  return { requests: 0, denied: 0, rows: 0, sends: 0, at: 0, lastIp: 0, ips: new Set(), routes: new Set() };
}
