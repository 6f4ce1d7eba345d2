// Looks names up and lets only those addresses through that a page may come from. Node connects to exactly what its lookup
// returns, so there is no second look-up between the check and the connection that could say something else.

import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import { isLoopback, isPublicAddress } from '../../core/library/publicAddress.ts';
import type { AddressRules } from '../../core/library/address.ts';
import { FetchError } from './fetchError.ts';

/** All IP addresses of a name. */
export type Resolve = (host: string) => Promise<readonly string[]>;

export const resolveBySystem: Resolve = async (host) => {
  const found = await lookup(host, { all: true, order: 'verbatim' });
  return found.map(({ address }) => address);
};

/** The addresses of `host`; throws a FetchError if one of them isn't public: a name that leads to two worlds is a trap. */
export async function publicAddresses(host: string, resolve: Resolve, rules: AddressRules): Promise<readonly string[]> {
  const addresses = await resolve(host);
  const inside = addresses.find((each) => !isPublicAddress(each) && !(rules.permitLoopback && isLoopback(each)));
  if (inside !== undefined) throw new FetchError('forbidden-address', host, `${host} leads to ${inside}`);
  if (addresses.length === 0) throw new FetchError('no-host', host, `${host} has no address`);
  return addresses;
}

/** A `lookup` for `net.connect` and `tls.connect`. */
export function guardedLookup(resolve: Resolve, rules: AddressRules): LookupFunction {
  return (host, { all, family }, callback) => {
    publicAddresses(host, resolve, rules).then(
      (addresses) => {
        const found = addresses.map((address) => ({ address, family: isIP(address) }));
        const fitting = family === 4 || family === 6 ? found.filter((each) => each.family === family) : found;
        const [first] = fitting;
        if (!first) callback(new FetchError('no-host', host, `${host} has no address of family ${family}`), [], 0);
        else if (all === true) callback(null, fitting);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => {
        callback(error instanceof Error ? error : new Error(String(error)), [], 0);
      },
    );
  };
}
