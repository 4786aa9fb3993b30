/** `headgate keys` and `headgate whoami`: the API's calls, for a terminal. */
import { parseArgs } from 'node:util';
import { type Command, clientOf, UsageError } from './command.ts';

export const keys: Command = {
  usage: `headgate keys list [--json]
headgate keys revoke <id>

With HEADGATE_URL and HEADGATE_KEY, a key with the scope api-keys:manage. Revoking cannot be undone.`,
  async run({ args, env, out }) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false } },
    });
    const [verb, id, ...more] = positionals;
    if (more.length > 0) throw new UsageError(`Too many arguments: ${more.join(' ')}.`);
    if (verb === 'list' && id === undefined) {
      const client = clientOf(env);
      for (let cursor: string | null = null; ; ) {
        const page: Awaited<ReturnType<typeof client.apiKeys.list>> = await client.apiKeys.list({
          limit: 100,
          ...(cursor !== null && { cursor }),
        });
        for (const key of page.items) {
          const state = key.revoked_at ? 'revoked' : 'active';
          if (values.json) out(JSON.stringify(key));
          else out(`${key.id}  ${key.environment}  ${state}  ${JSON.stringify(key.name)}`);
        }
        cursor = page.cursor;
        if (cursor === null) return 0;
      }
    }
    if (verb === 'revoke' && id !== undefined) {
      await clientOf(env).apiKeys.revoke({ id });
      out(`Revoked ${id}.`);
      return 0;
    }
    throw new UsageError('headgate keys takes list, or revoke and an id.');
  },
};

export const whoami: Command = {
  usage: `headgate whoami

Says whom HEADGATE_KEY speaks for at HEADGATE_URL, as JSON.`,
  async run({ args, env, out }) {
    if (args.length > 0) throw new UsageError('headgate whoami takes no arguments.');
    out(JSON.stringify(await clientOf(env).me.get(), null, 2));
    return 0;
  },
};
