/** Serves the built dashboard under /app and leads a browser from / to it. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyReply } from 'fastify';
import { notFound } from '../../errors.ts';
import type { Http } from '../route.ts';

/** Where `npm run build -w dashboard` writes. */
const DIST = fileURLToPath(new URL('../../../../dashboard/dist', import.meta.url));

const NOT_BUILT = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Headgate</title>
<body style="font:15px/1.6 system-ui;max-width:36rem;margin:15vh auto;padding:0 1.5rem">
<h1 style="font-size:1.2rem">The dashboard is not built yet</h1>
<p>The server runs and its API answers. Build the dashboard once, then reload this page:</p>
<pre style="background:#eef1f3;padding:.8rem 1rem;border-radius:6px">npm run build -w dashboard</pre>
<p><code>npm start</code> does it by itself. The API's reference is at <a href="/docs">/docs</a>.</p></body></html>`;

/** @param options.dist absolute path of the built dashboard; it may be missing. */
export async function dashboardRoutes(app: Http, { dist = DIST }: { dist?: string } = {}): Promise<void> {
  const open = { config: { access: { scope: 'public' } }, schema: { hide: true } } as const;

  // It only adds reply.sendFile(): the routes here say what is served and how long it may be kept.
  await app.register(fastifyStatic, {
    root: dist,
    serve: false,
    cacheControl: false,
    preCompressed: true,
    suppressWarning: true,
  });

  app.get('/', { ...open, constraints: { reader: 'browser' } }, (_request, reply) => {
    reply.header('vary', 'accept');
    return reply.redirect('/app');
  });

  app.get('/app', open, (_request, reply) => page(reply, dist));

  app.get('/app/*', open, (request, reply) => {
    const path = (request.params as { '*': string })['*'];
    if (path.startsWith('assets/')) {
      if (!isFile(dist, path)) throw notFound('file');
      // Its name holds a hash of its content.
      return reply.header('cache-control', 'public, max-age=31536000, immutable').sendFile(path);
    }
    // The few files beside the page: /app/theme.js, /app/icon.svg.
    if (/^[\w-]+\.(?:js|svg)$/.test(path) && isFile(dist, path)) {
      return reply.header('cache-control', 'no-cache').sendFile(path);
    }
    return page(reply, dist);
  });
}

/** Every address of the dashboard is the same page; its router reads the address. */
function page(reply: FastifyReply, dist: string): FastifyReply {
  reply.header('cache-control', 'no-cache');
  if (isFile(dist, 'index.html')) return reply.sendFile('index.html');
  return reply.code(503).type('text/html; charset=utf-8').send(NOT_BUILT);
}

function isFile(dist: string, path: string): boolean {
  if (path.includes('..') || path.includes('\0')) return false;
  const file = join(dist, path);
  return existsSync(file) && statSync(file).isFile();
}
