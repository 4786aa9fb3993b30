/** Networks a key may be used from: CIDR lists, compared by their numbers. An IPv4 address inside an IPv6 one is that IPv4 address. */
import ipaddr from 'ipaddr.js';
import { invalidField } from '../../../errors.ts';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Range = readonly [Address, number];

const MAPPED_PREFIX = 96;

export interface AddressList {
  /** In their normal form: `192.0.2.0/24`, `2001:db8::/32`. */
  readonly texts: readonly string[];
  allows(ip: string): boolean;
}

/** null for an empty list: from anywhere. Texts that cannot be read allow nothing. */
export function addressList(texts: readonly string[]): AddressList | null {
  if (texts.length === 0) return null;
  const ranges = rangesOf(texts);
  return {
    texts,
    allows(ip) {
      const address = parseAddress(ip);
      return address !== null && ranges.some((range) => contains(range, [address, bitsOf(address)]));
    },
  };
}

/** Addresses and CIDRs in their normal form, without repetitions. @throws AppError validation_error on `field`. */
export function normalRanges(texts: readonly string[], field: string): string[] {
  const ranges = texts.map((text) => {
    const range = parseRange(text);
    if (!range) throw invalidField(field, `"${text.slice(0, 60)}" is no address or network such as 192.0.2.0/24`);
    return textOf(range);
  });
  return [...new Set(ranges)];
}

/** Whether every network of `inner` lies in one of `outer`. An empty list is everywhere. */
export function lieWithin(inner: readonly string[], outer: readonly string[]): boolean {
  if (outer.length === 0) return true;
  if (inner.length === 0) return false;
  const allowed = rangesOf(outer);
  return inner.every((text) => {
    const range = parseRange(text);
    return range !== null && allowed.some((one) => contains(one, range));
  });
}

function rangesOf(texts: readonly string[]): Range[] {
  return texts.map(parseRange).filter((range) => range !== null);
}

function contains([network, prefix]: Range, [address, bits]: Range): boolean {
  return network.kind() === address.kind() && bits >= prefix && address.match(network, prefix);
}

function parseAddress(text: string): Address | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  if (!ipaddr.IPv6.isValid(text) || text.includes('%')) return null;
  const address = ipaddr.IPv6.parse(text);
  return address.isIPv4MappedAddress() ? address.toIPv4Address() : address;
}

function parseRange(text: string): Range | null {
  const [host = '', suffix, ...rest] = text.split('/');
  const address = parseAddress(host);
  if (!address || rest.length > 0) return null;
  if (suffix === undefined) return [address, bitsOf(address)];
  if (!/^\d{1,3}$/.test(suffix)) return null;
  const mapped = address.kind() === 'ipv4' && host.includes(':');
  const prefix = Number(suffix) - (mapped ? MAPPED_PREFIX : 0);
  return prefix >= 0 && prefix <= bitsOf(address) ? [address, prefix] : null;
}

function textOf([address, prefix]: Range): string {
  const cidr = `${address.toString()}/${prefix}`;
  const network =
    address.kind() === 'ipv4' ? ipaddr.IPv4.networkAddressFromCIDR(cidr) : ipaddr.IPv6.networkAddressFromCIDR(cidr);
  return `${network.toString()}/${prefix}`;
}

function bitsOf(address: Address): number {
  return address.kind() === 'ipv4' ? 32 : 128;
}
