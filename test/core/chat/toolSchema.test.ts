import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outputSchema, toolInstructions, withoutFillers } from '../../../src/core/chat/toolSchema.ts';

const weather = {
  name: 'weather',
  description: 'Tells the weather.',
  inputSchema: {
    type: 'object',
    required: ['place'],
    properties: {
      place: { anyOf: [{ $ref: '#/$defs/Town' }, { type: 'string', pattern: '^[A-Z]' }] },
      days: { type: 'integer', minimum: 1 },
      parts: { type: 'array', items: { enum: ['wind', 'rain'] }, maxItems: 2 },
    },
    $defs: { Town: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } } },
  },
};

test('a tool’s schema becomes what the grammar can carry out', () => {
  const input = {
    type: 'object',
    properties: {
      place: { oneOf: [{ type: 'object', properties: { name: { type: 'string' } } }, { type: 'string' }] },
      days: { oneOf: [{ type: 'integer' }, { type: 'null' }] },
      parts: { oneOf: [{ type: 'array', items: { enum: ['wind', 'rain'] }, maxItems: 2 }, { type: 'null' }] },
    },
  };
  const call = { type: 'object', properties: { tool: { const: 'weather' }, input } };
  assert.deepEqual(outputSchema([weather], true), { oneOf: [call] });
  assert.deepEqual(outputSchema([weather], false), {
    oneOf: [{ type: 'object', properties: { reply: { type: 'string' } } }, call],
  });
});

test('a tool without a schema takes an empty object', () => {
  const { oneOf } = outputSchema([{ name: 'now', description: 'Tells the time.' }], true) as { oneOf: unknown[] };
  assert.deepEqual(oneOf[0], {
    type: 'object',
    properties: { tool: { const: 'now' }, input: { type: 'object', properties: {} } },
  });
});

test('a schema that refers to itself or leads nowhere ends', () => {
  const node = { type: 'object', properties: { next: { $ref: '#' }, odd: { $ref: '#/__proto__/x' } } };
  const written = JSON.stringify(outputSchema([{ name: 'tree', description: '', inputSchema: node }], true));
  assert.ok(written.length < 20_000, `${written.length} characters`);
});

test('a null that only the grammar asked for is not part of the call', () => {
  assert.deepEqual(withoutFillers({ place: null, days: null, parts: ['wind'] }, weather.inputSchema), {
    place: null,
    parts: ['wind'],
  });
});

test('the instructions name every tool and whether one must be called', () => {
  assert.match(toolInstructions([weather], false), /"reply"[\s\S]*- weather: Tells the weather\./);
  assert.match(toolInstructions([weather], true), /must call a tool/);
});
