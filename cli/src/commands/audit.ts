/** `headgate audit verify`: runs the server's own verifier, because it reads the database and not the API. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Command, UsageError } from './command.ts';

const VERIFIER = fileURLToPath(new URL('../../../server/src/commands/audit-verify.ts', import.meta.url));

export const audit: Command = {
  usage: `headgate audit verify [--workspace <slug>] [--checkpoints <file>]

Checks the chain of the audit trail and its signed checkpoints in the database that DATABASE_URL or HEADGATE_DATA_DIR
names, and says where it was tampered with. Ends with 0 when it is whole, 1 when not, 2 when it could not look.`,
  async run({ args, env }) {
    const [verb, ...rest] = args;
    if (verb !== 'verify') throw new UsageError('headgate audit takes verify.');
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', VERIFIER, ...rest], {
      stdio: 'inherit',
      env: { ...env },
    });
    const [code] = await once(child, 'exit');
    return typeof code === 'number' ? code : 2;
  },
};
