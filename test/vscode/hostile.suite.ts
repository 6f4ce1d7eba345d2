// Commands can be run by anybody with anything. None may fail with an error that nobody put into words.

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commandIds } from '../../src/vscode/commandIds.ts';
import type { CommandId } from '../../src/vscode/commandIds.ts';
import { pause, test } from './collect.ts';
import { closeEverything, companion } from './companion.ts';

const circle: Record<string, unknown> = {};
circle['chapterId'] = circle;

/** One writes wherever it is told to; the other asks in a dialog that only the learner can answer. */
const asking: ReadonlySet<CommandId> = new Set(['handbook.exportEverything', 'handbook.eraseData']);

const junk: readonly (readonly unknown[])[] = [
  [null],
  [42, 'x'],
  ['no-such-thing'],
  ['__proto__', ['__proto__']],
  [{ chapterId: 'constructor', resourceId: {} }, 'not a list'],
  [circle, [circle]],
  [[], []],
  ['../../etc/passwd#x', { toString: null }],
  [vscode.Uri.file('/nowhere')],
];

for (const id of commandIds.filter((each) => !asking.has(each))) {
  test(`${id} bears whatever it is given`, async () => {
    const running = await companion();
    const before = await running.study.progress();
    for (const args of junk) {
      let failed: unknown;
      const ended = Promise.resolve(vscode.commands.executeCommand(id, ...args)).catch((error: unknown) => {
        failed = error;
      });
      // Those that ask the learner something wait until it is put away.
      await Promise.race([ended, pause(60)]);
      await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
      await Promise.race([ended, pause(1000)]);
      assert.equal(failed, undefined);
    }
    const { chapters, resources } = await running.study.progress();
    assert.deepEqual({ chapters, resources }, { chapters: before.chapters, resources: before.resources });
    await closeEverything();
  });
}
