// pdf.js is written for browsers of this year; the oldest VS Code that the companion runs in has one that is a little older.
// The build for older browsers would take half as long again to start.

/** Adds what such a browser may lack. It is sent to pdf.js's thread, too, as its own words: it must need nothing else. */
export function addMissingBuiltIns(): void {
  const add = (to: object, name: string, value: unknown): void => {
    if (!(name in to)) Object.defineProperty(to, name, { value, writable: true, configurable: true });
  };
  interface Keyed {
    has: (key: unknown) => boolean;
    get: (key: unknown) => unknown;
    set: (key: unknown, value: unknown) => unknown;
  }
  function getOrInsertComputed(this: Keyed, key: unknown, make: (key: unknown) => unknown): unknown {
    if (!this.has(key)) this.set(key, make(key));
    return this.get(key);
  }
  function getOrInsert(this: Keyed, key: unknown, value: unknown): unknown {
    if (!this.has(key)) this.set(key, value);
    return this.get(key);
  }
  for (const kind of [Map.prototype, WeakMap.prototype]) {
    add(kind, 'getOrInsertComputed', getOrInsertComputed);
    add(kind, 'getOrInsert', getOrInsert);
  }
  add(Uint8Array, 'fromBase64', (text: string) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0)));
  add(Math, 'sumPrecise', (values: Iterable<number>) => {
    let sum = 0;
    for (const value of values) sum += value;
    return sum;
  });
}
