const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A UUID in 22 characters instead of 36; anything else as it is, behind a colon. */
export function shortId(id: string): string {
  if (!uuid.test(id)) return `:${id}`;
  // Three hexadecimal digits are two of ours; the last two stand for themselves.
  const hex = id.replaceAll('-', '');
  let short = '';
  for (let at = 0; at + 3 <= hex.length; at += 3) {
    const value = parseInt(hex.slice(at, at + 3), 16);
    short += `${digits[value >> 6] ?? ''}${digits[value & 63] ?? ''}`;
  }
  return short + hex.slice(30);
}

/** What `shortId` was given; undefined if it made no such text. */
export function longId(short: string): string | undefined {
  if (short.startsWith(':')) return short.slice(1);
  if (!/^[A-Za-z0-9_-]{20}[0-9a-f]{2}$/.test(short)) return undefined;
  let hex = '';
  for (let at = 0; at < 20; at += 2) {
    const value = digits.indexOf(short[at] ?? '') * 64 + digits.indexOf(short[at + 1] ?? '');
    hex += value.toString(16).padStart(3, '0');
  }
  hex += short.slice(20);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
