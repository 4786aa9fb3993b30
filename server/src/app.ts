/** Composition root: builds every service with plain factory functions and registers every door by name. */
import type { FastifyBaseLogger } from 'fastify';
import type { Config } from './config.ts';
import type { Database } from './db/open.ts';
import type { Http } from './http/route.ts';
import { createHttpServer } from './http/server.ts';

export interface AppParts {
  readonly config: Config;
  readonly database: Database;
  readonly log: FastifyBaseLogger;
  /** At least 32 characters; keys, tokens and sealed secrets hang on it. */
  readonly secret: string;
}

export interface App {
  readonly http: Http;
  /** Starts the loops of the configured roles. */
  start(): Promise<void>;
  /** Drains: no new requests, running ones and loops finish, then everything is closed but the database. */
  stop(): Promise<void>;
}

export async function createApp({ config, log }: AppParts): Promise<App> {
  const http = createHttpServer({ log, trustedProxies: config.trustedProxies });
  return {
    http,
    async start() {},
    async stop() {
      await http.close();
    },
  };
}
