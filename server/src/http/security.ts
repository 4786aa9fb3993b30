/** Response headers that keep browsers from doing more with an answer than it is meant for. */
import type { Http } from './route.ts';

/** An API answer is data: a browser that shows it anyway may load and run nothing. */
const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";

/**
 * The dashboard's own files only. Inline styles are needed by its component library; pictures of an email preview
 * come from anywhere; the preview itself is a sandboxed frame without scripts.
 */
const DASHBOARD_POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: https:",
  "font-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const COMMON_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
};
const DATA_HEADERS = { ...COMMON_HEADERS, 'content-security-policy': DATA_POLICY };
const DASHBOARD_HEADERS = { ...COMMON_HEADERS, 'content-security-policy': DASHBOARD_POLICY };

export function securityHeaders(app: Http): void {
  app.addHook('onRequest', (request, reply, done) => {
    // The tracking door answers programs, up to 25,000 times a second: header bytes count there.
    if (request.routeOptions.config.access?.scope === 'write-key') {
      reply.header('x-content-type-options', 'nosniff');
      done();
      return;
    }
    const dashboard = request.url === '/app' || request.url.startsWith('/app/');
    reply.headers(dashboard ? DASHBOARD_HEADERS : DATA_HEADERS);
    done();
  });
}
