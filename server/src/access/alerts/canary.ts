/** Canary keys: nobody has a reason to use one, so every use is told at once; of one network once a day. */
import type { FastifyBaseLogger } from 'fastify';
import { asSystem } from '../../context.ts';
import type { Db } from '../../db/open.ts';
import { inTransaction } from '../../db/tx.ts';
import { withoutSecrets } from '../audit/changes.ts';
import type { CanaryUse } from '../keys/keys.ts';
import { networkOf } from '../limits/failures.ts';
import type { KeyPrincipal } from '../principal.ts';
import type { Alerts } from './alerts.ts';

/** Repeated uses within this time are not even looked up. */
const QUIET_MS = 60_000;
const MAX_QUIET = 10_000;
const MAX_AGENT = 200;

export function createCanaryWatch(parts: {
  db: Db;
  alerts: Pick<Alerts, 'raise'>;
  now: () => Date;
  log: Pick<FastifyBaseLogger, 'error'>;
}) {
  const { db, alerts, now, log } = parts;
  const quiet = new Map<string, number>();
  const running = new Set<Promise<void>>();

  async function tell(key: KeyPrincipal, use: CanaryUse, dedupe: string): Promise<void> {
    const { workspaceId, environment, keyId, label, publicId } = key;
    const agent = use.userAgent === null ? null : withoutSecrets(use.userAgent).slice(0, MAX_AGENT);
    await inTransaction(db, (tx) =>
      alerts.raise(tx, {
        workspaceId,
        environment,
        kind: 'canary_used',
        severity: 'critical',
        title: `Canary key "${label}" (${publicId}) was used from ${use.ip}`,
        text:
          `Somebody used the canary key "${label}" (${publicId}). Whoever did has read the place where you put it.\n\n` +
          `  address: ${use.ip}\n  user agent: ${agent ?? 'none'}\n  request: ${use.method} ${use.route}\n` +
          `  at: ${now().toISOString()}\n\nThe request was refused. Other secrets of that place should be replaced.`,
        keyId,
        dedupe,
        data: { ip: use.ip, user_agent: agent, method: use.method, route: use.route, request_id: use.requestId },
      }),
    );
  }

  return {
    /** At once; the alert is written behind the request. */
    used(key: KeyPrincipal, use: CanaryUse): void {
      const dedupe = `canary:${key.keyId}:${networkOf(use.ip)}`;
      const at = now().getTime();
      if (at - (quiet.get(dedupe) ?? Number.NEGATIVE_INFINITY) < QUIET_MS) return;
      if (quiet.size >= MAX_QUIET) quiet.clear();
      quiet.set(dedupe, at);
      const work = asSystem(() => tell(key, use, dedupe))
        .catch((err: unknown) => {
          quiet.delete(dedupe);
          log.error({ err }, 'alerts: the use of a canary key was not told');
        })
        .finally(() => running.delete(work));
      running.add(work);
    },

    /** Resolves when what was seen is written. */
    async settled(): Promise<void> {
      await Promise.all(running);
    },
  };
}
