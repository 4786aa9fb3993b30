/**
 * How many wrong credentials a network may present in a minute: an IPv4 address or an IPv6 /64. It slows those who try
 * keys out and nobody else: a good key is let in however much its neighbours have tried.
 */
import ipaddr from 'ipaddr.js';
import { createLimiter, type Decision, type Policy } from './limiter.ts';

/** Generous: a hall of machines with an outdated key behind one address stays below it. */
const FAILURES: Policy = { name: 'failed-credentials', quota: 600, windowMs: 60_000 };
/** Networks remembered at once. Clients choose their addresses, so the oldest go when there are more. */
const MOST_NETWORKS = 20_000;

export interface FailureBudget {
  /** Counts one failure. Refused: answer 429 and not what was wrong. */
  spend(ip: string): Decision;
  networks(): number;
}

export function createFailureBudget(now: () => number): FailureBudget {
  const limiter = createLimiter({ now, mostCells: MOST_NETWORKS });
  return {
    spend: (ip) => limiter.take(FAILURES, networkOf(ip), 1) as Decision,
    networks: limiter.size,
  };
}

/** The /64 of an IPv6 address; an IPv4 address as it is, also in its IPv6 form. */
export function networkOf(ip: string): string {
  if (!ip.includes(':')) return ip;
  try {
    const address = ipaddr.process(ip);
    if (address.kind() === 'ipv4') return address.toString();
    return (address as ipaddr.IPv6).parts
      .slice(0, 4)
      .map((part) => part.toString(16))
      .join(':');
  } catch {
    return ip;
  }
}
