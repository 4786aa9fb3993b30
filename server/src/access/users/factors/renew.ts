/** After a change of the installation's secret: seals the secrets of authenticator apps anew, each only as it was read. */
import type { Db } from '../../../db/open.ts';
import type { Seal } from '../../../seal.ts';

export async function renewTotpSeals(db: Db, seal: Seal): Promise<number> {
  let renewed = 0;
  const rows = await db.selectFrom('totp_secrets').select(['user_id', 'secret_sealed']).execute();
  for (const { user_id, secret_sealed: old } of rows) {
    const sealed = seal.renewed(old, user_id);
    if (!sealed) continue;
    await db
      .updateTable('totp_secrets')
      .set({ secret_sealed: sealed })
      .where('user_id', '=', user_id)
      .where('secret_sealed', '=', old)
      .execute();
    renewed++;
  }
  return renewed;
}
