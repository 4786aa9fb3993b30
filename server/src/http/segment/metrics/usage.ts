/** GET /usage/…: tracking calls and tracked users of a month, as running totals by day. */
import { scopeOf } from '../../../access/principal.ts';
import { type Reports, usageKey } from '../../../events/metrics/reports.ts';
import type { Call, Handlers } from '../protocol/door.ts';
import { shortId } from '../protocol/ids.ts';
import { pageRequest, pagination } from '../protocol/paging.ts';

type Page = Awaited<ReturnType<Reports['usage']>>;
type Row = Page['rows'][number];

export function usageHandlers({ reports }: { reports: Reports }): Handlers {
  async function page(
    { caller, query }: Call,
    key: string,
    perSource: boolean,
    serialize: (row: Row, month: Page['month']) => object,
  ) {
    const request = pageRequest(query['pagination']);
    const found = await reports.usage(scopeOf(caller), { period: query['period'], perSource }, request);
    return {
      [key]: found.rows.map((row) => ({
        ...(perSource && { sourceId: shortId(row.source_id) }),
        ...serialize(row, found.month),
        timestamp: row.day.toISOString(),
      })),
      pagination: pagination(request, { ...found, keys: found.rows.map(usageKey) }),
    };
  }

  const calls = ({ api_calls }: Row) => ({ apiCalls: String(api_calls) });
  // Tracked users are the user ids and those anonymous ids that never came with one (docs/metrics.md).
  const users = (row: Row, { start, end }: Page['month']) => ({
    periodStart: start.getTime() / 1_000,
    periodEnd: end.getTime() / 1_000,
    anonymous: String(row.anonymous),
    anonymousIdentified: String(row.identified),
    identified: String(row.users),
    neverIdentified: String(row.anonymous - row.identified),
  });

  return {
    getDailyWorkspaceAPICallsUsage: (call) => page(call, 'dailyWorkspaceAPICallsUsage', false, calls),
    getDailyPerSourceAPICallsUsage: (call) => page(call, 'dailyPerSourceAPICallsUsage', true, calls),
    getDailyWorkspaceMTUUsage: (call) => page(call, 'dailyWorkspaceMTUUsage', false, users),
    getDailyPerSourceMTUUsage: (call) => page(call, 'dailyPerSourceMTUUsage', true, users),
  };
}
