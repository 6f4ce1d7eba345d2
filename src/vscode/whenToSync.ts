import * as vscode from 'vscode';
import { readSettings } from './settings.ts';
import type { SettingsSync } from './settingsSync.ts';
import type { Study } from './study.ts';

/** Not while VS Code starts. */
const startMs = 20_000;
/** VS Code doesn't say when it has brought a value: so a window that the learner looks at asks now and then. */
const askAgainMs = 5 * 60_000;
/** Reading and reviewing change something every few seconds. */
const restMs = 60_000;

/** Syncs a while after the start, when the learner comes back to the window, now and then, and after they did something. */
export function whenToSync(sync: SettingsSync, study: Study): vscode.Disposable {
  const start = setTimeout(() => void sync.sync(), startMs);
  let resting: NodeJS.Timeout | undefined;
  const again = setInterval(() => {
    if (vscode.window.state.focused) void sync.sync();
  }, askAgainMs);
  for (const timer of [start, again]) timer.unref();
  let isOn = readSettings().sync;
  const subscriptions = [
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused) void sync.sync();
    }),
    study.onDidChange(() => {
      sync.noteChange();
      if (!isOn) return;
      resting ??= setTimeout(() => {
        resting = undefined;
        void sync.sync();
      }, restMs).unref();
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration('handbook.sync')) return;
      isOn = readSettings().sync;
      sync.setOn();
      void sync.sync();
    }),
  ];
  return vscode.Disposable.from(...subscriptions, {
    dispose: () => {
      clearTimeout(start);
      clearTimeout(resting);
      clearInterval(again);
    },
  });
}
