// Which network addresses a page of the web may come from. A name can lead anywhere: to the learner's own machine, to a
// router, to a cloud's door to its secrets. Only addresses that are routed on the public Internet are.

import ipaddr from 'ipaddr.js';

/** Whether an IP address, as a resolver returns it, belongs to the public Internet. */
export function isPublicAddress(address: string): boolean {
  // A zone ("fe80::1%eth0") belongs to addresses of one link.
  if (address.includes('%') || !ipaddr.isValid(address)) return false;
  if (ipaddr.IPv4.isValid(address)) {
    return ipaddr.IPv4.isValidFourPartDecimal(address) && ipaddr.IPv4.parse(address).range() === 'unicast';
  }
  const parsed = ipaddr.IPv6.parse(address);
  const inside = translated(parsed);
  if (inside !== undefined) return isPublicAddress(inside);
  // Everything given out so far lies in 2000::/3; the special ranges within it are told by the library.
  return ((parsed.parts[0] ?? 0) & 0xe000) === 0x2000 && parsed.range() === 'unicast';
}

/** Whether an IP address is one of this very machine. */
export function isLoopback(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.parse(address).range() === 'loopback';
}

/**
 * The IPv4 address inside one that a network without IPv4 makes of it (64:ff9b::/96, NAT64). Such networks, phones' among
 * them, have no other way to most of the web: the address inside is what counts. Other wrappings (mapped, 6to4, Teredo)
 * are of no use to a resolver and are refused.
 */
function translated({ parts }: { readonly parts: readonly number[] }): string | undefined {
  const [a, b, c, d, e, f, high = 0, low = 0] = parts;
  if (a !== 0x64 || b !== 0xff9b || [c, d, e, f].some((part) => part !== 0)) return undefined;
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
