/** What a key has against what it uses: the way to a narrower twin. */
import { isScopeName, SCOPES, type ScopeName } from '../scopes.ts';
import { networkOf } from '../users/sign-in/throttle.ts';
import { mostPresent, OTHERS, type Tally } from './log/tally.ts';

export interface LeastPrivilege {
  /** What the key may use; all there are for one with full access. */
  readonly granted: readonly ScopeName[];
  readonly used: readonly { scope: string; requests: number; lastAt: Date }[];
  readonly unused: readonly ScopeName[];
  readonly routes: readonly { route: string; requests: number }[];
  readonly networks: readonly { network: string; requests: number; firstAt: Date; lastAt: Date }[];
  /** What a twin would need; empty when nothing was used. */
  readonly suggestedScopes: readonly ScopeName[];
  /** null: from too many networks for a list to be of use, or from none. */
  readonly suggestedCidrs: readonly string[] | null;
  /** Whether it made messages leave. */
  readonly sends: number;
  /** What the scopes on trial (`shadow_scopes`) would have refused. */
  readonly shadow: {
    readonly refused: number;
    readonly lastAt: Date | null;
    readonly scopes: readonly { scope: string; requests: number }[];
    readonly routes: readonly { route: string; requests: number }[];
  };
}

/** A longer list is nobody's office. */
const MOST_CIDRS = 20;
/** This many addresses of one network: the next one will come from there too. */
const WHOLE_NETWORK = 3;
const MOST_NETWORKS = 100;

export function leastPrivilege(tally: Tally, granted: readonly ScopeName[]): LeastPrivilege {
  // A refused call shows that somebody tried, not that the key needs it.
  const used = [...tally.scopes].flatMap(([scope, [requests, denied, , last]]) =>
    isScopeName(scope) && requests > denied ? [{ scope, requests: requests - denied, lastAt: new Date(last) }] : [],
  );
  const names = new Set(used.map((one) => one.scope));
  const routes = [...tally.routes].map(([route, statuses]) => ({ route, requests: sumOf(statuses.values()) }));
  const shadow = [...tally.shadow];
  return {
    granted,
    used: used.sort((a, b) => b.requests - a.requests),
    unused: granted.filter((scope) => !names.has(scope)),
    routes: routes.sort((a, b) => b.requests - a.requests),
    networks: networksOf(tally),
    suggestedScopes: (Object.keys(SCOPES) as ScopeName[]).filter((scope) => names.has(scope)),
    suggestedCidrs: cidrsOf(tally),
    sends: tally.sends,
    shadow: {
      refused: shadow.reduce((sum, [, [requests]]) => sum + requests, 0),
      lastAt: shadow.length === 0 ? null : new Date(Math.max(...shadow.map(([, presence]) => presence[3]))),
      scopes: shadow.map(([scope, [requests]]) => ({ scope, requests })),
      routes: [...tally.shadowRoutes].map(([route, requests]) => ({ route, requests })),
    },
  };
}

/** By network, those with the most requests first; `*`: beyond what is told apart. */
export function networksOf(tally: Tally): { network: string; requests: number; firstAt: Date; lastAt: Date }[] {
  const networks = new Map<string, [number, number, number, number]>();
  for (const [ip, [requests, denied, first, last]] of tally.ips) {
    const network = ip === OTHERS ? OTHERS : networkOf(ip);
    const sum = networks.get(network);
    if (sum) {
      sum[0] += requests;
      sum[1] += denied;
      sum[2] = Math.min(sum[2], first);
      sum[3] = Math.max(sum[3], last);
    } else networks.set(network, [requests, denied, first, last]);
  }
  return mostPresent(networks, MOST_NETWORKS).map(([network, [requests, , first, last]]) => ({
    network,
    requests,
    firstAt: new Date(first),
    lastAt: new Date(last),
  }));
}

/** The addresses that were let in, or their network where several of it were. IPv6 always by /64: hosts change within it. */
function cidrsOf(tally: Tally): string[] | null {
  const byNetwork = new Map<string, string[]>();
  for (const [ip, [requests, denied]] of tally.ips) {
    if (ip === OTHERS) return null;
    if (requests === denied) continue;
    const network = networkOf(ip);
    byNetwork.set(network, [...(byNetwork.get(network) ?? []), ip]);
  }
  const cidrs = [...byNetwork].flatMap(([network, ips]) => {
    if (network.includes(':') || ips.length >= WHOLE_NETWORK) return [normal(network)];
    return ips.map((ip) => `${ip.replace(/^::ffff:/i, '')}/32`);
  });
  return cidrs.length === 0 || cidrs.length > MOST_CIDRS ? null : cidrs.sort();
}

/** `192.0.2/24` as a CIDR that others read. */
function normal(network: string): string {
  return network.includes(':') ? network : network.replace(/\/24$/, '.0/24');
}

function sumOf(traffic: Iterable<readonly number[]>): number {
  let sum = 0;
  for (const [requests = 0] of traffic) sum += requests;
  return sum;
}
