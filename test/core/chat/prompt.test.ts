import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTurns } from '../../../src/core/chat/prompt.ts';

test('messages become one system message and turns that alternate, and nothing gets lost', () => {
  assert.deepEqual(
    inTurns(
      [
        { role: 'assistant', text: 'a0' },
        { role: 'system', text: 's1' },
        { role: 'user', text: 'u1' },
        { role: 'user', text: 'u2' },
        { role: 'assistant', text: '' },
        { role: 'assistant', text: 'a1' },
        { role: 'system', text: 's2' },
        { role: 'user', text: 'u3' },
      ],
      's3',
    ),
    [
      { role: 'system', text: 's1\n\ns2\n\ns3' },
      { role: 'user', text: '…' },
      { role: 'assistant', text: 'a0' },
      { role: 'user', text: 'u1\n\nu2' },
      { role: 'assistant', text: 'a1' },
      { role: 'user', text: 'u3' },
    ],
  );
});

test('without rules there is no system message', () => {
  assert.deepEqual(inTurns([{ role: 'user', text: 'u' }]), [{ role: 'user', text: 'u' }]);
});
