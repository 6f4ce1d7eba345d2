// One step of a choice in several steps.

import * as vscode from 'vscode';

export interface PickItem<T> extends vscode.QuickPickItem {
  /** What is chosen with it; a separator has none. */
  readonly value?: T;
}

export interface StepOptions<T> {
  readonly title: string;
  readonly placeholder: string;
  readonly step: number;
  readonly steps: number;
  readonly items: readonly PickItem<T>[];
  /** Whether there is a step to go back to. */
  readonly back?: boolean;
  /** An item made of what is typed, if that makes sense. */
  readonly typed?: (text: string) => PickItem<T> | undefined;
  /** Whether an item answers to what is typed; VS Code would compare letters, and find too much in many items. */
  readonly matches?: (value: T, text: string) => boolean;
  /** The item to begin with. */
  readonly active?: (value: T) => boolean;
}

/** What was chosen; undefined if the learner thought better of it. */
export type Picked<T> = T | 'back' | undefined;

/** Shows one step and waits for its end. */
export function pickStep<T>(options: StepOptions<T>): Promise<Picked<T>> {
  const pick = vscode.window.createQuickPick<PickItem<T>>();
  const { typed, active, matches } = options;
  pick.title = options.title;
  pick.placeholder = options.placeholder;
  pick.step = options.step;
  pick.totalSteps = options.steps;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.items = options.items;
  pick.buttons = options.back === true ? [vscode.QuickInputButtons.Back] : [];
  const first = active && options.items.find(({ value }) => value !== undefined && active(value));
  if (first) pick.activeItems = [first];
  return new Promise((resolve) => {
    const end = (picked: Picked<T>): void => {
      resolve(picked);
      pick.dispose();
    };
    pick.onDidTriggerButton((button) => {
      if (button === vscode.QuickInputButtons.Back) end('back');
    });
    pick.onDidChangeValue((text) => {
      if (matches && text.trim() !== '') {
        pick.items = options.items.flatMap((item) =>
          item.value !== undefined && matches(item.value, text) ? [{ ...item, alwaysShow: true }] : [],
        );
        return;
      }
      const made = typed?.(text);
      // What was typed stands first, and stays however it is filtered.
      pick.items = made ? [{ ...made, alwaysShow: true }, ...options.items] : options.items;
    });
    pick.onDidAccept(() => {
      const [chosen] = pick.selectedItems;
      if (chosen?.value !== undefined) end(chosen.value);
    });
    pick.onDidHide(() => {
      end(undefined);
    });
    pick.show();
  });
}
