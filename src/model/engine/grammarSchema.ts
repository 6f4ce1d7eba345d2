// JSON schema → a schema that the library's grammars can follow. What it doesn't know it takes for null, in silence: what
// says the same in words that it knows is put in those, and the rest is refused.

/** For what may be anything. */
const anyScalar = { oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }, { type: 'null' }] };

const types = new Set<unknown>(['string', 'number', 'integer', 'boolean', 'null', 'object', 'array']);

/** Says what a value may be; a schema has at least one of them. */
const deciding = ['type', 'enum', 'const', 'oneOf', '$ref'];

/**
 * The schema as the library has to be given it. `anyOf` becomes `oneOf`, which for generation is the same; a schema that
 * allows everything allows a single value that is no object and no array. Throws an Error that names what can't be followed.
 */
export function grammarSchema(schema: unknown): unknown {
  if (schema === true) return anyScalar;
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) {
    throw new Error(`${JSON.stringify(schema)} is no schema`);
  }
  const entries = Object.entries(schema);
  if (entries.every(([key]) => key === 'description' || key === 'title')) return anyScalar;
  const known = Object.fromEntries(entries.map(([key, value]) => (key === 'anyOf' ? ['oneOf', value] : [key, value])));
  if (!deciding.some((key) => key in known))
    throw new Error(`nothing in ${JSON.stringify(schema)} says what it may be`);
  for (const type of [known['type']].flat()) {
    if (type !== undefined && !types.has(type)) throw new Error(`there is no type ${JSON.stringify(type)}`);
  }
  return Object.fromEntries(Object.entries(known).map(([key, value]) => [key, inner(key, value)]));
}

function inner(key: string, value: unknown): unknown {
  switch (key) {
    case 'items':
      return grammarSchema(value);
    case 'oneOf':
    case 'prefixItems':
      return Array.isArray(value) ? value.map(grammarSchema) : value;
    case 'properties':
    case '$defs':
      return typeof value === 'object' && value !== null
        ? Object.fromEntries(Object.entries(value).map(([name, schema]) => [name, grammarSchema(schema)]))
        : value;
    case 'additionalProperties':
      return typeof value === 'object' ? grammarSchema(value) : value;
    default:
      return value;
  }
}
