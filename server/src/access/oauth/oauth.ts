/** Puts the parts of OAuth together. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyBaseLogger } from 'fastify';
import { asSystem } from '../../context.ts';
import type { Db } from '../../db/open.ts';
import { createClients } from './clients.ts';
import { createConsents } from './consents.ts';
import { createOAuthPrincipals } from './principals.ts';
import { createProvider } from './protocol/provider.ts';
import { createOAuthSecrets } from './secrets.ts';

type Log = Pick<FastifyBaseLogger, 'error'>;

export type OAuth = ReturnType<typeof createOAuth>;

/** @param parts.publicUrl where browsers and apps reach this installation: the issuer. Without a trailing slash. */
export function createOAuth(parts: {
  db: Db;
  secret: string;
  previousSecret?: string | null;
  publicUrl: string;
  now: () => Date;
  log: Log;
}) {
  const { db, secret, publicUrl, now, log } = parts;
  const secrets = createOAuthSecrets(secret, parts.previousSecret ?? null);
  const provider = createProvider({ db, secrets, publicUrl, now });
  const handle = provider.callback();
  provider.on('server_error', (_ctx, error) => log.error({ err: error }, 'OAuth request failed'));

  return {
    issuer: publicUrl,
    clients: createClients({ db, provider, secrets, now }),
    consents: createConsents({ db, provider, now }),
    ...createOAuthPrincipals({ db, secrets, now }),

    /** Answers a request of the protocol itself: authorize, token, revoke, introspect. */
    protocol: (request: IncomingMessage, response: ServerResponse): Promise<void> =>
      asSystem(() => handle(request, response)),
  };
}
