/** Sends that need a second person: notes what a request is before its handler runs, stores what it asked for after. */
import type { Approvals } from '../../access/brakes/approvals.ts';
import type { Http } from '../route.ts';

const HEADER = 'x-headgate-approval';

/** Register after what may roll the request's transaction back. */
export function useApprovals(http: Http, approvals: Approvals): void {
  http.addHook('preHandler', (request, _reply, done) => {
    const { principal, context, routeOptions } = request;
    if (context && routeOptions.config.access?.sends && principal?.kind === 'key' && principal.caps) {
      const named = request.headers[HEADER];
      approvals.note(context, {
        route: `${request.method} ${routeOptions.url ?? ''}`,
        path: request.url,
        body: request.body,
        approvalId: typeof named === 'string' ? named : null,
      });
    }
    done();
  });
  http.addHook('onSend', async (request, reply) => {
    const { context } = request;
    if (!context || !approvals.isWanted(context)) return;
    const save = () => approvals.save(context);
    if (!context.ambient) return await save();
    // Its transaction is still open, and on the embedded engine nothing else may be asked meanwhile.
    reply.raw.once('close', () => {
      save().catch((err: unknown) => request.log.error({ err }, 'an approval that was asked for is not stored'));
    });
  });
}
