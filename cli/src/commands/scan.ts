/** `headgate scan`: finds our keys in files, in git's history or in what is staged. */
import { parseArgs } from 'node:util';
import { type FoundInFile, scanFiles } from '../scan/files.ts';
import { type FoundInGit, scanHistory, scanStaged } from '../scan/git.ts';
import { reportKeys } from '../scan/report.ts';
import { type Command, UsageError } from './command.ts';

const USAGE = `headgate scan [path …] [--git | --staged] [--report] [--json] [--all] [--prefix <prefix>] [--server <url>]

Finds API keys by their checksum; asks no server. Path: files and directories (default: here), or repositories with --git.
  --git      everything that git holds: all commits, also dropped ones that git still has
  --staged   what the next commit would add (for a pre-commit hook)
  --report   revokes what is found, at --server or HEADGATE_URL
  --json     one JSON document instead of lines
  --all      also node_modules
  --prefix   only keys with this prefix (default: any)
Ends with 0 when nothing was found, 1 when something was, 2 when it could not look.`;

type Found = FoundInFile | FoundInGit;

interface Looked {
  readonly what: 'files' | 'objects';
  count: number;
  bytes: number;
  unreadable: number;
}

export const scan: Command = {
  usage: USAGE,
  async run({ args, env, out, err }) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        git: { type: 'boolean', default: false },
        staged: { type: 'boolean', default: false },
        report: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        all: { type: 'boolean', default: false },
        prefix: { type: 'string' },
        server: { type: 'string' },
      },
    });
    if (values.git && values.staged) throw new UsageError('Give --git or --staged, not both.');
    if (values.prefix !== undefined && !/^[0-9A-Za-z]{1,16}$/.test(values.prefix)) {
      throw new UsageError('--prefix takes 1 to 16 letters and digits, such as sk.');
    }
    const server = values.server ?? env['HEADGATE_URL'];
    if (values.report && (!server || !/^https?:$/.test(URL.parse(server)?.protocol ?? ''))) {
      throw new UsageError('--report needs the address of your server: --server https://… or HEADGATE_URL.');
    }
    const paths = positionals.length > 0 ? positionals : ['.'];
    const prefix = values.prefix === undefined ? null : Buffer.from(values.prefix, 'latin1');
    const found: Found[] = [];
    const onFound = (one: Found) => {
      found.push(one);
      if (!values.json) out(line(one));
    };
    const startedAt = performance.now();
    const looked = await look(paths, values, prefix, onFound);
    const seconds = (performance.now() - startedAt) / 1000;
    const keys = new Set(found.map(({ text }) => text));
    if (values.report && server && keys.size > 0) await reportKeys(server, keys);
    const reported = values.report && keys.size > 0;
    if (values.json) {
      const { what, count, bytes, unreadable } = looked;
      out(JSON.stringify({ findings: found.map(toJson), keys: keys.size, reported, [what]: count, bytes, unreadable }));
    } else {
      err(summary(looked, found.length, keys.size, seconds));
      if (reported) err(`Reported to ${server}: the keys that are known there are revoked and their owners told.`);
      else if (keys.size > 0) err('Revoke them: a key that others could read stays known. --report does it.');
    }
    return found.length > 0 ? 1 : 0;
  },
};

async function look(
  paths: readonly string[],
  how: { git: boolean; staged: boolean; all: boolean },
  prefix: Buffer | null,
  onFound: (found: Found) => void,
): Promise<Looked> {
  if (!how.git && !how.staged) {
    const { files, bytes, unreadable } = scanFiles(paths, { all: how.all, prefix, onFound });
    return { what: 'files', count: files, bytes, unreadable };
  }
  const looked: Looked = { what: 'objects', count: 0, bytes: 0, unreadable: 0 };
  for (const path of paths) {
    const { objects, bytes } = await (how.git ? scanHistory : scanStaged)(path, prefix, onFound);
    looked.count += objects;
    looked.bytes += bytes;
  }
  return looked;
}

/** Never with the key itself: the output of a hook or a build is kept, too. */
function line(found: Found): string {
  const place = `${shown(placeOf(found))}:${found.line}:${found.column}`;
  const commit = 'commit' in found && found.commit ? ` in commit ${found.commit.slice(0, 12)}` : '';
  return `${place}: ${found.environment} key ${found.publicId}${commit}`;
}

function placeOf(found: Found): string {
  if (found.file !== null) return found.file;
  return 'object' in found ? `blob ${found.object}` : '';
}

/** A file name may hold bytes that a terminal acts upon. */
function shown(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is replaced
  return name.replace(/[\u0000-\u001f\u007f-\u009f]/g, '?');
}

function toJson(found: Found) {
  const { file, line, column, publicId, environment } = found;
  const git = 'object' in found ? { commit: found.commit, object: found.object } : {};
  return { file, line, column, public_id: publicId, environment, ...git };
}

function summary(looked: Looked, findings: number, keys: number, seconds: number): string {
  const { what, count, bytes, unreadable } = looked;
  const speed = seconds > 0 ? ` (${Math.round(bytes / 1e6 / seconds)} MB/s)` : '';
  const size = `${count} ${what}, ${(bytes / 1e6).toFixed(1)} MB in ${seconds.toFixed(1)} s${speed}`;
  const missed = unreadable > 0 ? `; ${unreadable} could not be read` : '';
  if (findings === 0) return `No keys in ${size}${missed}.`;
  return `${keys} ${keys === 1 ? 'key' : 'keys'} in ${findings} ${findings === 1 ? 'place' : 'places'}: ${size}${missed}.`;
}
