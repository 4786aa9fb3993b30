/** After the installation's secret was replaced: what the previous one sealed is sealed anew. */
import type { Tx } from '../../db/tx.ts';
import type { Seal } from '../../seal.ts';
import { allSeals, replaceSeals } from './queries.ts';
import { renewedSecrets } from './settings.ts';
import { replaceSubscriptionSeals, sealedSubscriptions } from './subscriptions/queries.ts';

/** @returns how many destinations and subscriptions had something to renew. */
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
  return destinations.length + subscriptions.length;
}
