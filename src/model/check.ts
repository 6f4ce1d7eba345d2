// Checks of what comes over a wire or from a file: unknown before, typed after.

export type Check<T> = (value: unknown) => value is T;

/** One check for each field of `T`. */
type Checks<T> = { readonly [K in keyof T]-?: Check<Exclude<T[K], undefined>> };

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isText(value: unknown): value is string {
  return typeof value === 'string';
}

export function isTruth(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

export function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/** A whole number from 0 up. */
export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

export function oneOf<const T extends string>(...choices: readonly T[]): Check<T> {
  return (value): value is T => choices.includes(value as T);
}

export function either<A, B>(first: Check<A>, second: Check<B>): Check<A | B> {
  return (value): value is A | B => first(value) || second(value);
}

export function listOf<T>(check: Check<T>): Check<readonly T[]> {
  return (value): value is readonly T[] => Array.isArray(value) && value.every(check);
}

/** An object with these fields; those in `mayMiss` can be absent. Other fields are no matter. */
export function shape<T extends object>(checks: Checks<T>, mayMiss: readonly (keyof T & string)[] = []): Check<T> {
  const fields = Object.entries(checks) as [keyof T & string, Check<unknown>][];
  return (value): value is T =>
    isRecord(value) &&
    fields.every(([name, check]) =>
      value[name] === undefined ? mayMiss.includes(name) : Object.hasOwn(value, name) && check(value[name]),
    );
}

/** A message of the union `T`, told by its `type`. */
export function messageOf<T extends { readonly type: string }>(checks: {
  readonly [K in T['type']]: Check<Extract<T, { readonly type: K }>>;
}): Check<T> {
  const byType = new Map<unknown, Check<unknown>>(Object.entries(checks));
  return (value): value is T => isRecord(value) && (byType.get(value['type'])?.(value) ?? false);
}

/** The value of a JSON text, or undefined if it is none. */
export function fromJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
