/**
 * Where the events of a destination are sent: read from the settings of the types that Headgate delivers to. Both are
 * webhooks; a destination of any other type has no targets, and no event is queued for it.
 */
import type { DestinationType } from '../catalog/catalog.ts';
import type { Trigger } from './subscriptions/triggers.ts';

/** Ids of the catalog. */
export const WEBHOOKS = '54521fdc25e721e32a72ef04';
export const ACTIONS_WEBHOOK = '614a3c7d791c91c41bae7599';

export interface Target {
  /** Tells apart the requests of one delivery; empty for the only one. */
  readonly key: string;
  readonly url: string;
  readonly method: 'POST' | 'PUT' | 'PATCH';
  readonly headers: Readonly<Record<string, string>>;
  /** null: every event. */
  readonly trigger: Trigger | null;
}

export function delivers(type: Pick<DestinationType, 'id'>): boolean {
  return type.id === WEBHOOKS || type.id === ACTIONS_WEBHOOK;
}

/** As many as Segment's webhooks have. */
const MAX_HOOKS = 5;

export interface Hook {
  /** `globalHook` or `hooks.<n>.hook`. */
  readonly field: string;
  readonly url: string;
  readonly headers: unknown;
}

/** Those of the type `webhooks`: one URL for all, and a list of further ones with headers of their own. */
export function hooksOf(settings: Readonly<Record<string, unknown>>): Hook[] {
  const { globalHook, hooks } = settings;
  const found: Hook[] = [];
  if (isUrl(globalHook)) found.push({ field: 'globalHook', url: globalHook, headers: null });
  if (!Array.isArray(hooks)) return found;
  for (const [n, item] of hooks.slice(0, MAX_HOOKS).entries()) {
    if (isUrl(item)) found.push({ field: `hooks.${n}`, url: item, headers: null });
    else if (typeof item === 'object' && item !== null && 'hook' in item && isUrl(item.hook)) {
      found.push({ field: `hooks.${n}.hook`, url: item.hook, headers: 'headers' in item ? item.headers : null });
    }
  }
  return found;
}

export function targetsOfWebhooks(settings: Readonly<Record<string, unknown>>): Target[] {
  return hooksOf(settings).map(({ url, headers }, n) => ({
    key: n === 0 ? '' : String(n),
    url,
    method: 'POST',
    headers: headersOf(headers),
    trigger: null,
  }));
}

const METHODS = ['POST', 'PUT', 'PATCH'] as const;

/**
 * Of one subscription of the type `actions-webhook`; null where it needs what is not here yet: a URL or headers that are
 * put together from the event, or a body other than the whole event.
 */
export function targetOfSubscription(
  key: string,
  settings: Readonly<Record<string, unknown>>,
  trigger: Trigger,
): Target | null {
  const { url, data, headers = null } = settings;
  const method = METHODS.find((one) => one === (settings['method'] ?? 'POST'));
  if (!isUrl(url) || url.includes('{{') || !method || !isWholeEvent(data) || !areLiteral(headers)) return null;
  return { key, url, method, headers: headersOf(headers), trigger };
}

/** Whether such a subscription is more than stored: one of another type or with other settings delivers nothing. */
export function deliversBy(type: Pick<DestinationType, 'id'>, settings: Readonly<Record<string, unknown>>): boolean {
  return type.id === ACTIONS_WEBHOOK && targetOfSubscription('', settings, { matches: () => true }) !== null;
}

function isUrl(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** The field's default. */
function isWholeEvent(data: unknown): boolean {
  if (data === undefined) return true;
  return (
    typeof data === 'object' &&
    data !== null &&
    Object.keys(data).length === 1 &&
    '@path' in data &&
    data['@path'] === '$.'
  );
}

function areLiteral(headers: unknown): boolean {
  if (headers === null) return true;
  if (typeof headers !== 'object') return false;
  return Object.entries(headers).every(
    ([name, value]) => !name.startsWith('@') && typeof value !== 'object' && !String(value).includes('{{'),
  );
}

const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]{0,2000}$/;
const MAX_HEADERS = 30;
/** The connection's own, and those that the delivery itself sets. */
const RESERVED =
  /^(host|content-length|content-type|connection|transfer-encoding|keep-alive|upgrade|te|trailer|expect|x-signature|webhook-.*|proxy-.*)$/;

/** An object, or a list of `{key, value}`; what cannot be a header is left out. */
function headersOf(given: unknown): Record<string, string> {
  const pairs: [string, unknown][] = Array.isArray(given)
    ? given.flatMap((item: unknown) =>
        typeof item === 'object' && item !== null && 'key' in item && 'value' in item
          ? [[String(item.key), item.value] as [string, unknown]]
          : [],
      )
    : Object.entries(typeof given === 'object' && given !== null ? given : {});
  const headers: [string, string][] = [];
  for (const [name, value] of pairs) {
    const lower = name.toLowerCase();
    const text = ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : null;
    if (text === null || !HEADER_NAME.test(name) || !HEADER_VALUE.test(text) || RESERVED.test(lower)) continue;
    if (headers.length < MAX_HEADERS) headers.push([lower, text]);
  }
  return Object.fromEntries(headers);
}
