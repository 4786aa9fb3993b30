/** The command line `headgate`: picks the command, turns its errors into words and an exit code. */
import { audit } from './commands/audit.ts';
import { type Command, UsageError } from './commands/command.ts';
import { keys, whoami } from './commands/keys.ts';
import { scan } from './commands/scan.ts';

const COMMANDS: Readonly<Record<string, Command>> = { scan, audit, keys, whoami };

// A clone that lacks objects answers with what it has.
process.env['GIT_NO_LAZY_FETCH'] = '1';
// The reader of a pipe may leave (`headgate scan | head`).
process.stdout.on('error', () => process.exit(2));
process.exitCode = await run(process.argv.slice(2));

async function run(argv: readonly string[]): Promise<number> {
  const [name = 'help', ...args] = argv;
  const out = (text: string) => void process.stdout.write(`${text}\n`);
  const err = (text: string) => void process.stderr.write(`${text}\n`);
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    const help = Object.values(COMMANDS).map(({ usage }) => usage);
    const asked = ['help', '--help', '-h'].includes(name);
    (asked ? out : err)(
      asked ? help.join('\n\n') : `There is no command ${name}: ${Object.keys(COMMANDS).join(', ')}.`,
    );
    return asked ? 0 : 2;
  }
  if (args.includes('--help') || args.includes('-h')) {
    out(command.usage);
    return 0;
  }
  try {
    return await command.run({ args, env: process.env, out, err });
  } catch (error) {
    err(`headgate ${name}: ${error instanceof Error ? error.message : String(error)}`);
    if (isUsageError(error)) err(`\n${command.usage}`);
    return 2;
  }
}

function isUsageError(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return error instanceof UsageError || code.startsWith('ERR_PARSE_ARGS');
}
