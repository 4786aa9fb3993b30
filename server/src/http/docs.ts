/**
 * GET /docs: the readable API reference, made in the browser from /openapi.json. Its script is served from here; the
 * page asks no other host for anything.
 */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import Fastify from 'fastify';
import type { Http } from './route.ts';

/** The page's own script and styles; it writes styles into the page and shows pictures from data URLs. */
const POLICY = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Headgate API</title>
<link rel="icon" href="data:,">
</head>
<body>
<div id="reference"></div>
<script src="/docs/reference.js"></script>
<script>
Scalar.createApiReference('#reference', {
  url: '/openapi.json',
  withDefaultFonts: false,
  telemetry: false,
  agent: { disabled: true },
  mcp: { disabled: true },
  showDeveloperTools: 'never',
  hideClientButton: true,
  persistAuth: false,
});
</script>
</body>
</html>
`;

export function docsRoutes(app: Http): void {
  const config = { access: { scope: 'public' as const } };
  let script: Promise<Buffer> | null = null;

  app.route({
    method: 'GET',
    url: '/docs',
    config,
    schema: { hide: true },
    handler: async (_request, reply) =>
      reply.type('text/html; charset=utf-8').header('content-security-policy', POLICY).send(PAGE),
  });

  app.route({
    method: 'GET',
    url: '/docs/reference.js',
    config,
    schema: { hide: true },
    handler: async (request, reply) => {
      script ??= referenceScript();
      const compressed = await script;
      if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) {
        return reply.code(406).send({ detail: 'This file is sent compressed: accept gzip.' });
      }
      return reply
        .type('text/javascript; charset=utf-8')
        .header('content-encoding', 'gzip')
        .header('cache-control', 'public, max-age=3600')
        .send(compressed);
    },
  });
}

/**
 * The package hands its script out only through a Fastify plugin, so a server that listens nowhere is asked for it.
 * Loaded at the first request: the 4 MB of source are in nobody's way at the start, and only the 1 MB gzip is kept.
 */
async function referenceScript(): Promise<Buffer> {
  const { default: reference } = await import('@scalar/fastify-api-reference');
  const source = Fastify();
  await source.register(reference, { routePrefix: '/docs', configuration: { url: '/openapi.json' } });
  const answer = await source.inject('/docs/js/scalar.js');
  await source.close();
  return await promisify(gzip)(answer.rawPayload);
}
