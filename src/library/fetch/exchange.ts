// One request and its answer, redirects followed by our own rules.

import type { Readable } from 'node:stream';
import { hostOf, redirectAddress } from '../../core/library/address.ts';
import type { AddressRules } from '../../core/library/address.ts';
import { FetchError } from './fetchError.ts';
import type { Network } from './network.ts';

export type Headers = Readonly<Record<string, string | string[] | undefined>>;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readable;
  /** Where the redirects led. */
  readonly address: string;
}

export interface ExchangeOptions {
  readonly network: Network;
  readonly rules: AddressRules;
  readonly redirects: number;
  readonly signal: AbortSignal;
}

/** Asks for `address`, which `fetchAddress` let through. Whoever gets the answer reads its body or destroys it. */
export async function exchange(
  address: string,
  headers: Readonly<Record<string, string>>,
  { network, rules, redirects, signal }: ExchangeOptions,
): Promise<Answer> {
  let at = address;
  for (let followed = 0; ; followed++) {
    const { origin, pathname, search } = new URL(at);
    const way = await network.wayTo(hostOf(at));
    signal.throwIfAborted();
    const answer = await way.request({
      origin,
      path: pathname + search,
      method: 'GET',
      headers: { ...headers },
      signal,
    });
    const { statusCode: status, body } = answer;
    const location = one(answer.headers, 'location');
    if (![301, 302, 303, 307, 308].includes(status) || location === undefined) {
      return { status, headers: answer.headers, body, address: at };
    }
    discard(body);
    if (followed >= redirects) throw new FetchError('redirects', hostOf(address), `more than ${redirects} redirects`);
    const next = redirectAddress(location, at, rules);
    if (next === undefined) {
      throw new FetchError('forbidden-address', hostOf(at), `${at} redirects to ${location.slice(0, 200)}`);
    }
    at = next;
  }
}

/** Ends an answer whose body nobody reads. */
export function discard(body: Readable): void {
  body.on('error', () => undefined).destroy();
}

/** The value of a header; the first if a server sends it twice. */
export function one(headers: Headers, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}
