import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutLinks } from '../../src/vscode/withoutLinks.ts';

/** What VS Code takes for a link in a notification. */
const link = /\[[^\]]+\]\((?:https?:\/\/|command:|file:)[^)\s]+/;

test('what a file says can’t become a link in a notification', () => {
  for (const text of ['[Repair](command:workbench.action.quit)', '[[a](command:x)', 'a](command:x) [b](https://c.d)']) {
    assert.doesNotMatch(withoutLinks(`damaged: unknown kind '${text}'`), link, text);
  }
  assert.equal(withoutLinks('Entry 3 (of [4]) is no event.'), 'Entry 3 (of [4]) is no event.');
});
