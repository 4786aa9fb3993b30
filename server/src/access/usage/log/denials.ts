/**
 * Requests refused without a known caller: counted by network, door and code. A million made-up keys are a million
 * additions to one number; networks beyond the bound are counted together.
 */
import { networkOf } from '../../users/sign-in/throttle.ts';

/** Networks, doors and codes told apart in one minute. */
const MOST = 4_096;

export interface DenialCount {
  readonly network: string;
  readonly door: string;
  readonly code: string;
  readonly requests: number;
}

/** Of one network, door and code. */
interface Count {
  requests: number;
}

export function createDenials() {
  let counts = new Map<string, Count>();
  let known = new Set<string>();
  let minute = 0;
  /** Who tries keys out is refused again and again, for the same reason. */
  let last = { ip: '', door: '', code: '', count: null as Count | null };

  function countOf(key: string): Count {
    let count = counts.get(key);
    if (!count) {
      count = { requests: 0 };
      counts.set(key, count);
    }
    return count;
  }

  return {
    /** @param now milliseconds since 1970. */
    note(ip: string, door: string, code: string, now: number): void {
      const current = Math.floor(now / 60_000);
      if (current !== minute) {
        minute = current;
        known = new Set();
        last.count = null;
      }
      if (last.count !== null && ip === last.ip && code === last.code && door === last.door) {
        last.count.requests++;
        return;
      }
      const rest = `|${door}|${code}`;
      let key = networkKey(ip) + rest;
      if (!known.has(key)) {
        if (known.size < MOST) known.add(key);
        else key = `*${rest}`;
      }
      const count = countOf(key);
      count.requests++;
      last = { ip, door, code, count };
    },

    /** What was counted since the last call. */
    take(): DenialCount[] {
      if (counts.size === 0) return [];
      const taken = counts;
      counts = new Map();
      last.count = null;
      return [...taken].map(([key, { requests }]) => {
        const [network = '', door = '', code = ''] = key.split('|');
        return { network, door, code, requests };
      });
    },

    /** After a write that failed. What would be too much is added to the networks that are counted together. */
    giveBack(taken: readonly DenialCount[]): void {
      for (const { network, door, code, requests } of taken) {
        const rest = `|${door}|${code}`;
        const key = counts.size < 2 * MOST ? network + rest : `*${rest}`;
        countOf(key).requests += requests;
      }
    },
  };
}

/** The usual form of an IPv4 address needs no look at each of its parts. */
function networkKey(ip: string): string {
  const dot = ip.lastIndexOf('.');
  return dot > 0 && !ip.includes(':') ? `${ip.slice(0, dot)}/24` : networkOf(ip);
}
