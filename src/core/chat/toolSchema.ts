// Tools for a model that has never been taught to call any: a grammar makes its whole output one JSON object, either a
// reply or a call of one of the tools, so that a weak model can't print half a call as text.

/** A tool that a model may call. */
export interface OfferedTool {
  readonly name: string;
  readonly description: string;
  /** A JSON schema of its input, from whoever made the tool. */
  readonly inputSchema?: unknown;
}

type Schema = Readonly<Record<string, unknown>>;

/** How deep a tool's schema is followed; what lies deeper is free-form text. */
const deepest = 8;

/** The schema of the model's output. `mustCall` leaves no way to reply in words. */
export function outputSchema(tools: readonly OfferedTool[], mustCall: boolean): Schema {
  const reply = { type: 'object', properties: { reply: { type: 'string' } } };
  const calls = tools.map(({ name, inputSchema }) => ({
    type: 'object',
    properties: { tool: { const: name }, input: inputOf(inputSchema) },
  }));
  return { oneOf: [...(mustCall ? [] : [reply]), ...calls] };
}

/** What the model has to be told about its output, to stand in the system message. */
export function toolInstructions(tools: readonly OfferedTool[], mustCall: boolean): string {
  const list = tools.map(
    ({ name, description, inputSchema }) =>
      `- ${name}: ${description}\n  input: ${JSON.stringify(inputOf(inputSchema))}`,
  );
  return [
    'You can use tools. Write exactly one JSON object and nothing else:',
    '{"tool": "<name>", "input": {…}} to call a tool; you will be given its result.',
    mustCall ? 'You must call a tool now.' : '{"reply": "<your answer>"} to answer.',
    'Tools:',
    ...list,
  ].join('\n');
}

/**
 * A call's input without what the model had to write only because a grammar lists every property: `null` for one that
 * isn't required.
 */
export function withoutFillers(input: Schema, inputSchema: unknown): Schema {
  const required = new Set(schemaOf(inputSchema)['required'] as readonly string[] | undefined);
  return Object.fromEntries(Object.entries(input).filter(([key, value]) => value !== null || required.has(key)));
}

function inputOf(inputSchema: unknown): Schema {
  const root = schemaOf(inputSchema);
  const schema = simplified(root, root, 0);
  return schema['type'] === 'object' ? schema : { type: 'object', properties: {} };
}

/**
 * The part of JSON schema that the engine's grammar carries out. It reads `anyOf` as null and emits every property, so
 * the first becomes `oneOf` and a property that isn't required may be null; references are put in place.
 */
function simplified(schema: Schema, root: Schema, depth: number): Schema {
  const anything = { type: ['string', 'number', 'boolean', 'null'] };
  if (depth > deepest) return anything;
  const within = (value: unknown): Schema => simplified(schemaOf(value), root, depth + 1);
  if (typeof schema['$ref'] === 'string') return within(referenced(schema['$ref'], root));
  if ('const' in schema) return { const: schema['const'] };
  if (Array.isArray(schema['enum'])) return { enum: schema['enum'] };
  const choices = schema['oneOf'] ?? schema['anyOf'];
  if (Array.isArray(choices)) return choices.length === 1 ? within(choices[0]) : { oneOf: choices.map(within) };
  if (Array.isArray(schema['allOf']) && schema['allOf'].length === 1) return within(schema['allOf'][0]);
  const { type } = schema;
  if (type === 'object' || (type === undefined && 'properties' in schema)) {
    const required = new Set(schema['required'] as readonly string[] | undefined);
    const properties = Object.entries(schemaOf(schema['properties'])).map(([name, property]) => {
      const own = within(property);
      return [name, required.has(name) ? own : { oneOf: [own, { type: 'null' }] }] as const;
    });
    return { type: 'object', properties: Object.fromEntries(properties) };
  }
  if (type === 'array') {
    const bounds = ['minItems', 'maxItems'].flatMap((key) => (key in schema ? [[key, schema[key]] as const] : []));
    return { type: 'array', items: within(schema['items']), ...Object.fromEntries(bounds) };
  }
  if (typeof type === 'string' || Array.isArray(type)) return { type };
  return anything;
}

/** What a reference like `#/$defs/Place` points to; nothing for one that leads out of the schema. */
function referenced(reference: string, root: Schema): unknown {
  if (!reference.startsWith('#/')) return undefined;
  return reference
    .slice(2)
    .split('/')
    .reduce<unknown>((at, key) => (Object.hasOwn(schemaOf(at), key) ? schemaOf(at)[key] : undefined), root);
}

function schemaOf(value: unknown): Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Schema) : {};
}
