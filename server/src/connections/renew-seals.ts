/** Secrets of connections in the database, at the start: what the previous secret of the installation sealed is sealed anew. */
import type { Tx } from '../db/tx.ts';
import type { Seal } from '../seal.ts';
import { allSeals, replaceSeals } from './destinations/queries.ts';
import { renewedSecrets } from './destinations/settings.ts';
import { replaceSubscriptionSeals, sealedSubscriptions } from './destinations/subscriptions/queries.ts';
import { sealDefinition } from './transformations/hash-key.ts';
import { openHashKeys, replaceHashKey, sealedHashKeys } from './transformations/queries.ts';

/** @returns how many destinations, subscriptions and transformations had something to renew. */
export async function renewAllSeals(tx: Tx, seal: Seal): Promise<number> {
  const destinations = (await allSeals(tx)).flatMap((old) => {
    const secret = old.secret && seal.renewed(old.secret, old.id);
    const settings = renewedSecrets(seal, old.settings, old.id);
    return secret || settings ? [{ ...old, secret: secret ?? old.secret, settings: settings ?? old.settings }] : [];
  });
  if (destinations.length > 0) await replaceSeals(tx, destinations);
  const subscriptions = (await sealedSubscriptions(tx)).flatMap(({ id, sealed: old }) => {
    const sealed = renewedSecrets(seal, old, id);
    return sealed ? [{ id, old, sealed }] : [];
  });
  if (subscriptions.length > 0) await replaceSubscriptionSeals(tx, subscriptions);
  let keys = 0;
  for (const { id, sealed: old } of await sealedHashKeys(tx)) {
    const sealed = seal.renewed(old, id);
    if (sealed === null) continue;
    await replaceHashKey(tx, id, { hash_key_sealed: sealed });
    keys++;
  }
  return destinations.length + subscriptions.length + keys;
}

/** Keys of hashes that were written before they were sealed. @returns how many there were. */
export async function sealOpenKeys(tx: Tx, seal: Seal): Promise<number> {
  const open = await openHashKeys(tx);
  for (const { id, definition } of open) {
    const stored = sealDefinition(seal, id, definition);
    await replaceHashKey(tx, id, { ...stored, definition: JSON.stringify(stored.definition) });
  }
  return open.length;
}
