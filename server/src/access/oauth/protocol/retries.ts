/**
 * A refresh that is asked for twice by an honest client: two tabs at once, or an answer that was lost on its way. For ten
 * seconds, and only while nobody has used the answer's refresh token, the same answer is given again. Everything else is
 * a token used twice, and ends the grant (store.ts).
 */
import { errors, type KoaContextWithOIDC, Provider } from 'oidc-provider';
import { asSystem } from '../../../context.ts';
import type { Db } from '../../../db/open.ts';
import { sqlState } from '../../../db/tx.ts';
import type { OAuthSecrets } from '../secrets.ts';
import { findStored, upsertStored } from './store-queries.ts';

export const RETRY_SECONDS = 10;
/** How long a copy waits for the first one's answer. */
const WAIT_MS = 2_000;
const PAUSE_MS = 25;
const MODEL = 'RefreshAnswer';
export const FOREIGN_KEY_VIOLATION = '23503';

export type Retries = ReturnType<typeof createRetries>;

export function createRetries({ db, secrets, now }: { db: Db; secrets: OAuthSecrets; now: () => Date }) {
  /** null: none yet; 'used': the client has gone on from it. */
  async function find(token: string): Promise<object | 'used' | null> {
    const hash = secrets.hashOf(MODEL, token);
    const row = await findStored(db, MODEL, { id_hash: hash });
    if (!row) return null;
    const { answer, next } = secrets.open(row.payload_sealed, MODEL, hash) as { answer: object; next: string };
    const child = await findStored(db, 'RefreshToken', { id_hash: secrets.hashOf('RefreshToken', next) });
    return child && !child.consumed_at ? answer : 'used';
  }

  return {
    /**
     * Call when a refresh token turns out to be used already. Returns when that is a theft.
     * @throws InvalidGrant when the request has its answer, which `middleware` then gives.
     */
    async answerAgain(token: string, of: { clientId: string | undefined; usedAt: Date }): Promise<void> {
      const { ctx } = Provider;
      if (ctx?.oidc.route !== 'token' || ctx.oidc.client?.clientId !== of.clientId) return;
      if (now().getTime() - of.usedAt.getTime() > RETRY_SECONDS * 1_000) return;
      for (let waited = 0; waited < WAIT_MS; waited += PAUSE_MS) {
        const found = await find(token);
        if (found === 'used') return;
        if (found) {
          ctx.state['retried'] = found;
          throw new errors.InvalidGrant('asked for twice');
        }
        await new Promise((done) => setTimeout(done, PAUSE_MS));
      }
    },

    /** Around the whole protocol. */
    async middleware(ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> {
      await next();
      const again: unknown = ctx.state['retried'];
      if (again) {
        ctx.status = 200;
        ctx.body = again;
        return;
      }
      const { RotatedRefreshToken: used, RefreshToken: child } = ctx.oidc?.entities ?? {};
      if (!used || !child || ctx.status !== 200) return;
      const hash = secrets.hashOf(MODEL, used.jti);
      const row = {
        model: MODEL,
        id_hash: hash,
        payload_sealed: secrets.seal({ answer: ctx.body, next: child.jti }, MODEL, hash),
        client_id: child.clientId ?? null,
        grant_id: child.grantId ?? null,
        uid_hash: null,
        expires_at: new Date(now().getTime() + RETRY_SECONDS * 1_000),
      };
      await asSystem(() => upsertStored(db, row)).catch((error: unknown) => {
        // The grant has ended meanwhile, and what was answered with it.
        if (sqlState(error) !== FOREIGN_KEY_VIOLATION) throw error;
      });
    },
  };
}
