import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createReplyReader } from '../../../src/core/chat/toolReply.ts';
import type { ReplyPart } from '../../../src/core/chat/toolReply.ts';

function read(pieces: readonly string[]): ReplyPart[] {
  const reader = createReplyReader();
  return [...pieces.flatMap((piece) => [...reader.append(piece)]), ...reader.end()];
}

function wordsOf(parts: readonly ReplyPart[]): string {
  return parts.map((part) => (part.type === 'text' ? part.text : `<${part.type}>`)).join('');
}

test('a reply comes out the same however it is broken into pieces', () => {
  const words = 'A "quoted" word,\na tab\t, a backslash \\ and 🦙 ü.';
  // Both ways of writing what isn't ASCII.
  const written = JSON.stringify({ reply: words })
    .replace('ü', String.raw`\u00fc`)
    .replace('🦙', String.raw`\ud83e\udd99`);
  for (let size = 1; size <= written.length; size++) {
    const pieces = Array.from({ length: Math.ceil(written.length / size) }, (_, i) =>
      written.slice(i * size, (i + 1) * size),
    );
    assert.equal(wordsOf(read(pieces)), words, `pieces of ${size}`);
  }
});

test('the words of a reply come before it is complete', () => {
  const reader = createReplyReader();
  assert.deepEqual(reader.append('{"reply": "Hel'), [{ type: 'text', text: 'Hel' }]);
  assert.deepEqual(reader.append('lo\\'), [{ type: 'text', text: 'lo' }]);
  // Cut at its length limit: what came is still the reply.
  assert.deepEqual(reader.end(), []);
});

test('a call comes when it is complete', () => {
  assert.deepEqual(read(['{"tool": "handbook_search", ', '"input": {"query": "LoRA"}}']), [
    { type: 'call', tool: 'handbook_search', input: { query: 'LoRA' } },
  ]);
});

test('half a call, or something else, is malformed', () => {
  for (const written of ['{"tool": "handbook_search", "input": {"que', '{"tool": 3, "input": {}}', '[]', 'Sure!']) {
    assert.deepEqual(read([written]), [{ type: 'malformed', text: written }]);
  }
  assert.deepEqual(read(['', '  ']), []);
});
