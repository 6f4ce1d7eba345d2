// Reading what a page sent. A page shows only what we give it, but what comes back is parsed as if anybody had sent it.

export type Fields = Readonly<Record<string, unknown>>;

/** `value` as a bag of fields, if it is one. */
export function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

/** Text of at most `longest` characters. */
export function text(value: unknown, longest: number): string | undefined {
  return typeof value === 'string' && value.length <= longest ? value : undefined;
}

/** An id as the curriculum and our pages write them. */
export function id(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\w#.:-]{1,200}$/.test(value) ? value : undefined;
}

/** One of `choices`. */
export function oneOf<T extends string>(choices: readonly T[], value: unknown): T | undefined {
  return choices.find((choice) => choice === value);
}
