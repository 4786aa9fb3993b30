/**
 * Which addresses outgoing HTTP may reach: only global unicast ones, judged by their numbers and never by their text.
 * Attack list 21: literals in odd notations, v4 inside v6, NAT64, 6to4, link-local, metadata services, rebinding.
 */
import ipaddr from 'ipaddr.js';
import { invalidField } from '../errors.ts';

/** Longest URL a destination may have. */
export const MAX_URL_LENGTH = 2_048;

const GLOBAL_V6 = ipaddr.IPv6.parseCIDR('2000::/3');
// Global by their prefix, yet they carry an IPv4 address or a relay inside: 6to4, Teredo, and local-use ORCHID ranges
// are named by ipaddr.js; documentation prefixes and the 6bone's old block are added here.
const EXTRA_V6 = ['2001:db8::/32', '3fff::/20', '3ffe::/16', '2001::/23'].map((text) => ipaddr.IPv6.parseCIDR(text));
const EXTRA_V4 = ['0.0.0.0/8', '192.0.0.0/24', '192.88.99.0/24', '198.18.0.0/15', '168.63.129.16/32'].map((text) =>
  ipaddr.IPv4.parseCIDR(text),
);

// Services that take a line of text for a command: an HTTP request to them could act there.
const REFUSED_PORTS = new Set([
  1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 79, 110, 111, 113, 119, 123, 135, 137, 139, 143,
  161, 179, 389, 445, 465, 512, 513, 514, 515, 540, 548, 554, 563, 587, 601, 636, 873, 989, 990, 993, 995, 1433, 1521,
  1719, 1720, 1723, 2049, 2375, 2379, 3306, 3389, 5060, 5061, 5432, 5672, 6000, 6379, 6566, 6697, 9042, 10080, 11211,
  27017,
]);

/** True for an address of the public internet. Text that is no plain IPv4 or IPv6 address is not public. */
export function isPublicAddress(text: string): boolean {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) {
    const address = ipaddr.IPv4.parse(text);
    return address.range() === 'unicast' && !EXTRA_V4.some((range) => address.match(range));
  }
  if (!ipaddr.IPv6.isValid(text) || text.includes('%')) return false;
  const address = ipaddr.IPv6.parse(text);
  return address.match(GLOBAL_V6) && address.range() === 'unicast' && !EXTRA_V6.some((range) => address.match(range));
}

/**
 * Checks what can be known of a URL without resolving its name; the rest is checked when a connection is made.
 * @returns the URL in its normal form (`http://0x7f.1` has become `http://127.0.0.1/`).
 * @throws AppError validation_error on `field`, saying what to change.
 */
export function checkOutboundUrl(text: string, options: { allowPrivateNetwork: boolean; field: string }): string {
  const { field } = options;
  if (text.length > MAX_URL_LENGTH) throw invalidField(field, `must have at most ${MAX_URL_LENGTH} characters`);
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !isHttp(url)) throw invalidField(field, 'must be a full URL that starts with https:// or http://');
  if (url.username !== '' || url.password !== '') {
    throw invalidField(field, 'must not hold a user name or password; verify the signature instead');
  }
  if (url.href.length > MAX_URL_LENGTH) throw invalidField(field, `must have at most ${MAX_URL_LENGTH} characters`);
  if (!options.allowPrivateNetwork) {
    const refusal = refusedHost(url);
    if (refusal) throw invalidField(field, `${refusal}; use a public address`);
  }
  url.hash = '';
  return url.href;
}

function isHttp(url: URL): boolean {
  return url.protocol === 'http:' || url.protocol === 'https:';
}

/** Why a URL's host or port is refused as written; null: nothing is wrong with it as far as the text tells. */
export function refusedHost(url: URL, isAllowed = isPublicAddress): string | null {
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (host === 'localhost' || host.endsWith('.localhost')) return 'localhost cannot be reached from here';
  if (ipaddr.isValid(host) && !isAllowed(host)) return `${host} is a private or reserved address`;
  if (url.port !== '' && REFUSED_PORTS.has(Number(url.port))) return `port ${url.port} does not serve HTTP`;
  return null;
}
