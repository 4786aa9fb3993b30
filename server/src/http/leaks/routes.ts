/**
 * The public doors for leaked keys: GitHub's secret scanning (partner programme: a signed array of findings) and anybody
 * who found one. Neither says more of a key than the programme's own label.
 */
import { createHash } from 'node:crypto';
import { Type } from 'typebox';
import type { GithubKeys } from '../../access/leaks/github.ts';
import type { Finding, Leaks } from '../../access/leaks/leaks.ts';
import { networkOf } from '../../access/limits/failures.ts';
import { createLimiter } from '../../access/limits/limiter.ts';
import { AppError } from '../../errors.ts';
import { ErrorBody, handleApiError } from '../api/conventions.ts';
import type { Http } from '../route.ts';

/** About 20,000 findings. */
const MAX_BODY = 5 * 1024 * 1024;
const MAX_FINDINGS = 20_000;
const MAX_NETWORKS = 20_000;
/** As GitHub's own door for finders has it. */
const FINDERS = { name: 'leak-reports', quota: 60, windowMs: 3_600_000 };

const Finder = Type.Object(
  {
    credentials: Type.Array(Type.String({ maxLength: 500 }), {
      minItems: 1,
      maxItems: 1_000,
      description: 'The whole text of each key, as it was found.',
    }),
    source_url: Type.Optional(Type.String({ maxLength: 2_000, pattern: '^[^\\u0000]*$' })),
    note: Type.Optional(Type.String({ maxLength: 500, pattern: '^[^\\u0000]*$' })),
  },
  { additionalProperties: false },
);

export function registerLeaks(app: Http, services: { leaks: Leaks; github: GithubKeys; now: () => Date }): void {
  app.register(async (door) => {
    door.setErrorHandler(handleApiError);
    door.register(async (scanning) => githubRoute(scanning, services));
    finderRoute(door, services);
  });
}

function githubRoute(door: Http, { leaks, github }: { leaks: Leaks; github: GithubKeys }): void {
  // The signature covers the bytes, and nothing is read from them before it is checked.
  door.removeAllContentTypeParsers();
  door.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MAX_BODY }, (_request, body, done) =>
    done(null, body),
  );
  door.route({
    method: 'POST',
    url: '/api/secret-scanning/github',
    bodyLimit: MAX_BODY,
    config: { access: { scope: 'public' } },
    schema: {
      operationId: 'leaks.github',
      tags: ['Leaks'],
      summary: "GitHub's secret scanning reports leaked keys",
      description:
        'An array of {token, type, url, source}, signed by GitHub (Github-Public-Key-Identifier, ' +
        'Github-Public-Key-Signature). Keys of this installation are revoked or quarantined, and their owners told.',
      response: {
        200: Type.Array(Type.Object({ token_hash: Type.String(), token_type: Type.String(), label: Type.String() })),
        '4xx': ErrorBody,
      },
    },
    async handler(request) {
      const identifier = request.headers['github-public-key-identifier'];
      const signature = request.headers['github-public-key-signature'];
      const body = Buffer.isBuffer(request.body) ? request.body : null;
      const signed = typeof identifier === 'string' && typeof signature === 'string' && body !== null;
      if (!signed || !(await github.verify({ identifier, signature, body }))) {
        throw new AppError('unauthorized', 'The report is not signed by a key of GitHub that is known here.');
      }
      const found = readFindings(body);
      const known = new Map(
        (await leaks.report(found, 'github')).map((one) => [
          one.tokenHash,
          one.known ? 'true_positive' : 'false_positive',
        ]),
      );
      const types = new Map(found.map((finding) => [finding.hash, finding.type]));
      return [...types].map(([token_hash, token_type]) => ({
        token_hash,
        token_type,
        label: known.get(token_hash) ?? 'false_positive',
      }));
    },
  });
}

function finderRoute(door: Http, { leaks, now }: { leaks: Leaks; now: () => Date }): void {
  const limiter = createLimiter({ now: () => now().getTime(), mostCells: MAX_NETWORKS });
  door.route({
    method: 'POST',
    url: '/api/credentials/revoke',
    bodyLimit: 1024 * 1024,
    config: { access: { scope: 'public' } },
    // Before the body is read: who is over the limit costs next to nothing.
    async onRequest(request) {
      const decision = await limiter.take(FINDERS, networkOf(request.ip), 1);
      if (decision.allowed) return;
      throw new AppError('rate_limit_exceeded', 'At most 60 reports an hour; one report can name 1,000 keys.', {
        retryAfter: Math.ceil(decision.retryAfterMs / 1_000),
      });
    },
    schema: {
      operationId: 'leaks.report',
      tags: ['Leaks'],
      summary: 'Report keys that were found in public',
      description:
        'For whoever found them; no credential is needed, the keys are the proof. Keys of this installation stop working ' +
        'and their owners are told. The answer is the same whether they were ours or not. This cannot be undone.',
      body: Finder,
      response: { 202: Type.Object({ status: Type.String() }), '4xx': ErrorBody },
    },
    async handler(request, reply) {
      const { credentials, source_url: url = '', note = '' } = request.body;
      const findings = credentials.map((token) => ({ token: token.trim(), source: 'finder', url, note }));
      await leaks.report(findings, 'finder');
      return reply.code(202).send({ status: 'accepted' });
    },
  });
}

/** Those of the findings that have the form; a token that is no text is nothing to answer to. @throws AppError */
function readFindings(body: Buffer): (Finding & { hash: string; type: string })[] {
  let list: unknown;
  try {
    list = JSON.parse(body.toString('utf8'));
  } catch {
    throw new AppError('malformed_json', 'The body is not valid JSON.');
  }
  if (!Array.isArray(list)) throw new AppError('bad_request', 'The body must be an array of findings.');
  if (list.length > MAX_FINDINGS) {
    throw new AppError('payload_too_large', `At most ${MAX_FINDINGS} findings in one report.`);
  }
  return list.flatMap((item: unknown) => {
    if (typeof item !== 'object' || item === null || !('token' in item) || typeof item.token !== 'string') return [];
    const text = (name: string) => {
      const value: unknown = name in item ? Reflect.get(item, name) : '';
      return typeof value === 'string' ? value : '';
    };
    const hash = createHash('sha256').update(item.token).digest('hex');
    return [
      { token: item.token, source: text('source'), url: text('url'), note: '', hash, type: text('type').slice(0, 100) },
    ];
  });
}
