/** Which redirect URIs may be registered; requests must then name one of them to the letter (RFC 9700 §2.1). */

const LONGEST = 2_000;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** @returns what is wrong with it, null: nothing. */
export function refusalOfRedirectUri(text: string): string | null {
  if (text.length > LONGEST) return `at most ${LONGEST} characters each`;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url) return 'not a URL';
  if (text.includes('#')) return 'no fragment';
  if (text.includes('*')) return 'no wildcards: name each one';
  if (url.username || url.password) return 'no user and password';
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.has(url.hostname))) {
    return 'https, or http on localhost';
  }
  // Dot segments, backslashes, a default port, capitals in the host: two spellings of one address confuse comparisons.
  return url.href === text ? null : `write it as browsers do: ${url.href}`;
}
