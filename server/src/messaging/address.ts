/** Mail addresses of recipients: one plain address, nothing that a mail header could read as more. */
import { domainToASCII } from 'node:url';

// RFC 5322 dot-atom; quoted local parts are left out on purpose: no real mailbox needs one, injections do.
const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z][a-z0-9-]{0,61}[a-z0-9])$/;

/**
 * The address with its domain in lower case and in ASCII; null when it is not exactly one plain address.
 * Lengths: RFC 5321 §4.5.3.1 (64 before the @, 254 in all).
 */
export function plainAddress(text: string): string | null {
  const at = text.lastIndexOf('@');
  if (at < 1 || at > 64 || text.length > 254) return null;
  const local = text.slice(0, at);
  const unicode = text.slice(at + 1);
  // domainToASCII strips tabs and line breaks, as URLs do: they must not slip through by that.
  if (!LOCAL.test(local) || !/^[\p{L}\p{N}\p{M}.-]+$/u.test(unicode)) return null;
  const domain = domainToASCII(unicode);
  const address = `${local}@${domain}`;
  return DOMAIN.test(domain) && address.length <= 254 ? address : null;
}
