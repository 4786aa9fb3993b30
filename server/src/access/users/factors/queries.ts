/** All SQL of second factors: one-time codes, recovery codes, passkeys. None of it belongs to a workspace. */
import { sql } from 'kysely';
import type { Executor, Tx } from '../../../db/tx.ts';

export interface Factors {
  totp: boolean;
  passkeys: number;
  recovery_codes_left: number;
}

export async function factorsOf(db: Executor, userId: string): Promise<Factors> {
  const { rows } = await sql<Factors>`
    select exists (select 1 from totp_secrets where user_id = ${userId} and confirmed_at is not null) as totp,
      (select count(*)::int from passkeys where user_id = ${userId}) as passkeys,
      (select count(*)::int from recovery_codes where user_id = ${userId} and used_at is null) as recovery_codes_left`.execute(
    db,
  );
  return rows[0] ?? { totp: false, passkeys: 0, recovery_codes_left: 0 };
}

/** Which of these people have one. */
export async function withSecondFactor(db: Executor, userIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ user_id: string }>`
    select user_id from totp_secrets where user_id = any(${userIds}::uuid[]) and confirmed_at is not null
    union select user_id from passkeys where user_id = any(${userIds}::uuid[])`.execute(db);
  return new Set(rows.map((row) => row.user_id));
}

/** Whether a workspace that the person belongs to asks for a second factor. */
export async function isRequiredOf(db: Executor, userId: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from memberships m join workspaces w on w.id = m.workspace_id
    where m.user_id = ${userId} and w.second_factor_required limit 1`.execute(db);
  return rows.length > 0;
}

// one-time codes ----------------------------------------------------------------------------------

export async function findTotp(
  db: Executor,
  userId: string,
): Promise<{ secret_sealed: Buffer; confirmed_at: Date | null } | undefined> {
  return await db
    .selectFrom('totp_secrets')
    .select(['secret_sealed', 'confirmed_at'])
    .where('user_id', '=', userId)
    .executeTakeFirst();
}

/** @returns false when there is a confirmed one, which stays. */
export async function beginTotp(tx: Tx, userId: string, sealed: Buffer, at: Date): Promise<boolean> {
  const { rows } = await sql`
    insert into totp_secrets as t (user_id, secret_sealed, created_at) values (${userId}, ${sealed}, ${at})
    on conflict (user_id) do update set secret_sealed = excluded.secret_sealed, created_at = excluded.created_at, last_step = 0
      where t.confirmed_at is null
    returning user_id`.execute(tx);
  return rows.length > 0;
}

export async function confirmTotp(tx: Tx, userId: string, at: Date): Promise<void> {
  await tx.updateTable('totp_secrets').set({ confirmed_at: at }).where('user_id', '=', userId).execute();
}

/** @returns false when a code of this step or a later one was taken before. */
export async function takeStep(tx: Tx, userId: string, step: number): Promise<boolean> {
  const taken = await tx
    .updateTable('totp_secrets')
    .set({ last_step: step })
    .where('user_id', '=', userId)
    .where('last_step', '<', step)
    .executeTakeFirst();
  return taken.numUpdatedRows > 0n;
}

export async function deleteTotp(tx: Tx, userId: string): Promise<boolean> {
  const gone = await tx.deleteFrom('totp_secrets').where('user_id', '=', userId).executeTakeFirst();
  return gone.numDeletedRows > 0n;
}

// recovery codes ----------------------------------------------------------------------------------

export async function replaceRecoveryCodes(tx: Tx, userId: string, hashes: readonly Buffer[]): Promise<void> {
  await tx.deleteFrom('recovery_codes').where('user_id', '=', userId).execute();
  if (hashes.length === 0) return;
  await tx
    .insertInto('recovery_codes')
    .values(hashes.map((code_hash) => ({ user_id: userId, code_hash })))
    .execute();
}

/** @returns false when there is no such code, or it was used. */
export async function useRecoveryCode(tx: Tx, userId: string, hash: Buffer, at: Date): Promise<boolean> {
  const used = await tx
    .updateTable('recovery_codes')
    .set({ used_at: at })
    .where('user_id', '=', userId)
    .where('code_hash', '=', hash)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return used.numUpdatedRows > 0n;
}

// passkeys ----------------------------------------------------------------------------------------

export interface PasskeyRow {
  id: string;
  user_id: string;
  credential_id: string;
  public_key: Buffer;
  counter: number;
  transports: string[];
  name: string;
  backed_up: boolean;
  created_at: Date;
  last_used_at: Date | null;
}

export async function insertPasskey(tx: Tx, passkey: PasskeyRow): Promise<void> {
  await tx.insertInto('passkeys').values(passkey).execute();
}

/** Oldest first. */
export async function passkeysOf(db: Executor, userId: string): Promise<PasskeyRow[]> {
  return await db.selectFrom('passkeys').selectAll().where('user_id', '=', userId).orderBy('id').execute();
}

/** With the person's address, where the person may sign in. */
export async function findPasskey(
  db: Executor,
  credentialId: string,
): Promise<(PasskeyRow & { email: string }) | undefined> {
  return await db
    .selectFrom('passkeys as p')
    .innerJoin('users as u', 'u.id', 'p.user_id')
    .selectAll('p')
    .select('u.email')
    .where('p.credential_id', '=', credentialId)
    .where('u.disabled_at', 'is', null)
    .executeTakeFirst();
}

export async function renamePasskey(
  tx: Tx,
  userId: string,
  id: string,
  name: string,
): Promise<{ before: string; after: PasskeyRow } | undefined> {
  const before = await tx
    .selectFrom('passkeys')
    .select('name')
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .forUpdate()
    .executeTakeFirst();
  if (!before) return undefined;
  const after = await tx
    .updateTable('passkeys')
    .set({ name })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return { before: before.name, after };
}

export async function deletePasskey(tx: Tx, userId: string, id: string): Promise<string | undefined> {
  const gone = await tx
    .deleteFrom('passkeys')
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .returning('name')
    .executeTakeFirst();
  return gone?.name;
}

/** @returns false when the authenticator's counter went back meanwhile: a copy of it is about. */
export async function notePasskeyUse(tx: Tx, id: string, counter: number, at: Date): Promise<boolean> {
  const noted = await sql`
    update passkeys set counter = ${counter}, last_used_at = ${at}
    where id = ${id} and (counter < ${counter} or (counter = 0 and ${counter} = 0))`.execute(tx);
  return (noted.numAffectedRows ?? 0n) > 0n;
}
