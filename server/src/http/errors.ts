/** What answers outside every door: unknown paths (404), known paths with another method (405), and errors of the root. */
import { AppError } from '../errors.ts';
import { handleApiError } from './api/conventions.ts';
import type { Http } from './route.ts';

/** Must run before the doors are registered: it learns their routes as they come. */
export function rootErrors(app: Http): void {
  const routes: { pattern: RegExp; methods: string[] }[] = [];
  app.addHook('onRoute', (route) => {
    routes.push({ pattern: patternOf(route.url), methods: [route.method].flat() });
  });
  app.setErrorHandler(handleApiError);
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '';
    const allowed = new Set(routes.filter((route) => route.pattern.test(path)).flatMap((route) => route.methods));
    if (allowed.size > 0 && !allowed.has(request.method)) {
      const allow = [...allowed].sort().join(', ');
      reply.header('allow', allow);
      throw new AppError('method_not_allowed', `This path takes ${allow}.`);
    }
    throw new AppError('not_found', 'No such path. The reference at /docs lists all of them.');
  });
}

/** The router ignores a trailing slash, so this does too. */
function patternOf(url: string): RegExp {
  const parts = url
    .replace(/\/+$/, '')
    .split('/')
    .map((part) =>
      part.startsWith(':') ? '[^/]+' : part === '*' ? '.*' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
    );
  return new RegExp(`^${parts.join('/')}/?$`);
}
