// Carrying progress between the learner's machines through VS Code's Settings Sync: values of ours that VS Code brings to other
// machines, the last writer winning. So what lies there is merged before it is replaced, and offered again by each machine
// that knows more.

import type * as vscode from 'vscode';
import type { Offers, Synced } from '../store/sync.ts';
import type { TransferEnd } from '../store/transferTask.ts';

/** Where VS Code keeps values that travel. */
export type SyncedMemento = Pick<vscode.ExtensionContext['globalState'], 'get' | 'update' | 'setKeysForSync'>;

export interface SyncParts {
  readonly memento: SyncedMemento;
  readonly isOn: () => boolean;
  /** Whether there is, or may be, something of the learner's on this machine. */
  readonly hasData: () => Promise<boolean>;
  /** Merges in a thread of its own. */
  readonly merge: (offers: Offers) => Promise<Exclude<TransferEnd, { type: 'failed' }>>;
  /** Something came in from another machine. */
  readonly onMerged: () => void;
  /** Everything was erased on another machine at that time; here it is still kept. */
  readonly onErasedElsewhere: (at: number) => void;
  readonly log: Pick<vscode.LogOutputChannel, 'info' | 'warn' | 'error'>;
}

const keys = { history: 'sync.history', schedules: 'sync.schedules', cards: 'sync.cards' } as const;
const parts = ['history', 'schedules', 'cards'] as const;

/** One merge may find that VS Code brought something newer meanwhile; endless quarrels it leaves to the next time. */
const mostRounds = 3;

export class SettingsSync implements vscode.Disposable {
  readonly #parts: SyncParts;
  /** Whether something was done here since the last merge. */
  #changed = true;
  #seen: Offers | undefined;
  #running: Promise<void> | undefined;
  #disposed = false;

  constructor(given: SyncParts) {
    this.#parts = given;
    this.setOn();
  }

  /** Tells VS Code which values travel, as the learner's setting says. */
  setOn(): void {
    this.#parts.memento.setKeysForSync(this.#parts.isOn() ? Object.values(keys) : []);
  }

  /** Something was done on this machine; it goes out with the next merge. */
  noteChange(): void {
    this.#changed = true;
  }

  /** Merges what lies there with what is here, if either has changed. Never rejects. */
  async sync(): Promise<void> {
    if (!this.#parts.isOn() || this.#disposed) return;
    this.#running ??= this.#merge()
      .catch((error: unknown) => {
        this.#parts.log.error('Syncing progress failed; it is tried again later.', String(error));
      })
      .finally(() => {
        this.#running = undefined;
      });
    await this.#running;
  }

  /** After everything was erased: nothing of it is to lie there. */
  async forget(): Promise<void> {
    await this.#running;
    const { memento } = this.#parts;
    // What the others still offer is taken out with the next merge, which knows when everything was erased.
    for (const key of Object.values(keys)) if (memento.get(key) !== undefined) await memento.update(key, undefined);
    this.#changed = true;
    await this.sync();
  }

  dispose(): void {
    this.#disposed = true;
  }

  #offers(): Offers {
    const text = (key: string): string | undefined => {
      const value = this.#parts.memento.get(key);
      return typeof value === 'string' ? value : undefined;
    };
    return { history: text(keys.history), schedules: text(keys.schedules), cards: text(keys.cards) };
  }

  async #merge(): Promise<void> {
    const { memento, merge, log } = this.#parts;
    for (let round = 0; round < mostRounds && !this.#disposed; round++) {
      const offers = this.#offers();
      if (!this.#changed && this.#seen && same(offers, this.#seen)) return;
      if (same(offers, { history: undefined, schedules: undefined, cards: undefined })) {
        // Nobody has done anything anywhere: no database need be made for that.
        if (!(await this.#parts.hasData())) return;
      }
      this.#changed = false;
      const end = await merge(offers);
      if (end.type !== 'synced') throw new Error(`a merge ended as ${end.type}`);
      this.#tell(end);
      if (!same(this.#offers(), offers)) continue;
      for (const part of parts) {
        const text = end.offers[part];
        if (text !== undefined && text !== offers[part]) await memento.update(keys[part], text);
      }
      this.#seen = this.#offers();
      return;
    }
    log.info('Progress of other machines keeps coming in; it is merged again later.');
    this.#changed = true;
  }

  #tell({ added, leftOut, problems, erasedElsewhere }: Synced): void {
    const { log, onMerged, onErasedElsewhere } = this.#parts;
    for (const problem of problems) log.warn(problem);
    if (added > 0) {
      log.info(`${added} entries of other machines came in through Settings Sync.`);
      onMerged();
    }
    for (const part of parts) {
      if (leftOut[part] > 0)
        log.warn(`Settings Sync has no room for ${leftOut[part]} of ${part}; they stay on this machine.`);
    }
    if (erasedElsewhere !== undefined) onErasedElsewhere(erasedElsewhere);
  }
}

function same(one: Offers, two: Offers): boolean {
  return parts.every((part) => one[part] === two[part]);
}
