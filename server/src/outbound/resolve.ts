/** The address of a name for connections that are not HTTP: looked up once, and refused if this process must not reach it. */
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { isPublicAddress } from './address.ts';

/** @returns an address. @throws Error for a name without one, or with one that is not allowed. */
export type OutboundResolver = (host: string) => Promise<string>;

export function createOutboundResolver({ allowPrivateNetwork }: { allowPrivateNetwork: boolean }): OutboundResolver {
  return async (host) => {
    const addresses = isIP(host) === 0 ? await lookup(host, { all: true, verbatim: true }) : [{ address: host }];
    const refused = allowPrivateNetwork ? undefined : addresses.find(({ address }) => !isPublicAddress(address));
    if (refused) throw new Error(`${host} has the private or reserved address ${refused.address}`);
    const [first] = addresses;
    if (!first) throw new Error(`${host} has no address`);
    return first.address;
  };
}
