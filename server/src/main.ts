/**
 * The process: configuration, database, application; then it listens, works and stops. The only file that exits.
 * Logs go to standard output as JSON lines (readable ones at a terminal); so does the banner of a start.
 */
import { type App, createApp } from './app.ts';
import { type Config, readConfig } from './config.ts';
import { DataDirectoryInUse } from './db/embedded.ts';
import { migrate } from './db/migrate.ts';
import { type Database, openDatabase } from './db/open.ts';
import { banner, bootstrap, readSecret } from './first-start.ts';
import { createLogger } from './http/logging.ts';
import { createMetrics } from './metrics.ts';

/** How long a drain may take before the process ends anyway. */
const DRAIN_MS = 25_000;
/** A terminal, npm and the start script each pass one Ctrl-C on; within this time they are the same one. */
const SAME_SIGNAL_MS = 500;

const config = orExit(readConfig);
const log = createLogger({ level: config.logLevel, pretty: process.stdout.isTTY === true });
process.on('uncaughtException', (err) => {
  log.fatal({ err }, 'something failed outside every request');
  process.exit(1);
});

await start(config).catch((error: unknown) => {
  log.debug({ err: error }, 'start failed');
  exitWith(startProblem(error, config));
});

async function start(config: Config): Promise<void> {
  const database = await openDatabase(config);
  const running = stopOnSignals(database);
  database.onLost((reason) => {
    log.fatal(`${reason}; nothing can be stored, so the process ends`);
    process.exit(1);
  });
  try {
    const applied = await migrate(database.db);
    if (applied.length > 0) log.info({ migrations: applied }, 'database migrated');
    const metrics = createMetrics({ process: true });
    const app = await createApp({ config, database, log, secret: readSecret(config), metrics });
    running.app = app;
    await app.start();
    // Before the owner is made: a port in use must not end in an owner whose password nobody was shown.
    await app.http.listen({ port: config.port, host: config.host });
    const started = await bootstrap(app, config);
    app.opened();
    process.stdout.write(banner(started, addressOf(app, config), config, database.kind));
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Ctrl-C and SIGTERM drain; a second one ends the process at once. */
function stopOnSignals(database: Database): { app: App | null } {
  const running: { app: App | null } = { app: null };
  let since: number | null = null;
  const onSignal = (signal: NodeJS.Signals) => {
    if (since !== null) {
      if (Date.now() - since < SAME_SIGNAL_MS) return;
      log.warn('stopping at once');
      process.exit(130);
    }
    since = Date.now();
    log.info({ signal }, 'stopping: running requests and loops finish first; a second signal ends at once');
    setTimeout(() => {
      log.error(`still busy after ${DRAIN_MS / 1000} s; stopping anyway`);
      process.exit(1);
    }, DRAIN_MS).unref();
    drain(running.app, database).then(
      () => {
        log.info('stopped');
        process.exit(0);
      },
      (err: unknown) => {
        log.fatal({ err }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return running;
}

async function drain(app: App | null, database: Database): Promise<void> {
  await app?.stop();
  await database.close();
}

/** HEADGATE_PUBLIC_URL when it was set, else where this process really listens. */
function addressOf(app: App, config: Config): string {
  const address = app.http.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : config.port;
  return config.publicUrl.endsWith(`//localhost:${config.port}`) ? `http://localhost:${port}` : config.publicUrl;
}

/** One line that says what to do, for the failures a person can mend. */
function startProblem(error: unknown, config: Config): string {
  if (error instanceof DataDirectoryInUse) return error.message;
  const code = error instanceof Error && 'code' in error ? error.code : '';
  if (code === 'EADDRINUSE') {
    return `Port ${config.port} is in use. Stop what listens there, or set PORT to another one.`;
  }
  if (code === 'EACCES') return `Port ${config.port} needs more rights. Set PORT to one above 1023.`;
  if (config.databaseUrl !== null && (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === '28P01')) {
    return `The PostgreSQL of DATABASE_URL refused (${code}). Check its address, user and password.`;
  }
  return error instanceof Error ? error.message : String(error);
}

function orExit<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    return exitWith(error instanceof Error ? error.message : String(error));
  }
}

function exitWith(problem: string): never {
  process.stderr.write(`Headgate did not start: ${problem}\n`);
  process.exit(1);
}
