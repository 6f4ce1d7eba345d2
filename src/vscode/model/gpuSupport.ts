// The GPU of this machine: the engine for it is large, so it is fetched only when the learner asks for it, and used only once
// it was seen to work.

import * as vscode from 'vscode';
import type { ActionButton, ModelPage } from '../../protocol/modelPage.ts';
import type { Problems } from '../problems.ts';
import type { GpuChoice, GpuStanding } from './gpuEngines.ts';
import type { LocalModel } from './localModel.ts';
import { sizeWords } from './sizes.ts';

type Line = NonNullable<ModelPage['gpu']>;

const names = { vulkan: 'Vulkan', cuda: 'CUDA' } as const;

export class GpuSupport implements vscode.Disposable {
  readonly #model: LocalModel;
  readonly #problems: Problems;
  readonly #changed = new vscode.EventEmitter<undefined>();
  /** What is going on, for who looks at the page meanwhile. */
  #busy = '';

  readonly onDidChange = this.#changed.event;

  constructor(model: LocalModel, problems: Problems) {
    this.#model = model;
    this.#problems = problems;
  }

  /** What the page says about the GPU; undefined where nothing can be fetched. */
  async line(): Promise<Line | undefined> {
    const { gpuStanding } = await import('./gpuEngines.ts');
    const standing = await gpuStanding(this.#model.places);
    if (!standing) return undefined;
    return {
      words: standingWords(standing),
      actions: this.#busy === '' ? actionsFor(standing) : [],
      ...(this.#busy !== '' && { busy: this.#busy }),
    };
  }

  /** Fetches the engine that suits this machine, once the learner has agreed, and tries it. */
  async install(): Promise<void> {
    const { gpuStanding, fetchGpuEngine } = await import('./gpuEngines.ts');
    const { places } = this.#model;
    const standing = await gpuStanding(places);
    if (standing?.type !== 'offer' || !(await agreed(standing.choice))) return;
    const { choice } = standing;
    await this.#during(vscode.l10n.t('Fetching the engine for {0}', names[choice.gpu]), async (report, signal) => {
      const result = await fetchGpuEngine(
        places,
        choice,
        (progress) => {
          if (progress.type === 'unpacking') report(vscode.l10n.t('Unpacking'));
          else
            report(
              vscode.l10n.t('{0} of {1}', sizeWords(progress.bytes), sizeWords(progress.of)),
              progress.bytes / progress.of,
            );
        },
        signal,
      );
      switch (result.type) {
        case 'installed':
          await this.#try(result, report, signal);
          return;
        case 'failed':
          this.#problems.log.error(`${result.problem}: ${result.detail}`);
          this.#problems.tell(result.message);
          return;
        case 'stopped':
          return;
      }
    });
  }

  /** Tries the engine that is there once more. */
  async test(): Promise<void> {
    const { gpuStanding } = await import('./gpuEngines.ts');
    const standing = await gpuStanding(this.#model.places);
    if (standing?.type !== 'installed') return;
    await this.#during(vscode.l10n.t('Trying the engine for the GPU'), (report, signal) =>
      this.#try(standing.installed, report, signal),
    );
  }

  /** Removes the engine; the processor goes on. */
  async remove(): Promise<void> {
    const { removeGpuEngines } = await import('./gpuEngines.ts');
    // A process that uses it would keep its files open.
    await this.#model.free();
    const removed = await removeGpuEngines(this.#model.places);
    if (removed.type === 'failed') {
      this.#problems.log.error(removed.detail);
      this.#problems.tell(removed.message);
    }
    this.#changed.fire(undefined);
  }

  dispose(): void {
    this.#changed.dispose();
  }

  async #try(
    engine: { readonly gpu: GpuChoice['gpu']; readonly folder: string },
    report: (message: string) => void,
    signal: AbortSignal,
  ): Promise<void> {
    report(vscode.l10n.t('Trying it'));
    const { tryGpuEngine } = await import('./gpuEngines.ts');
    const { places, settings } = this.#model;
    const result = await tryGpuEngine(
      places,
      engine,
      settings.file,
      (level, line) => {
        this.#problems.log[level](`[GPU] ${line}`);
      },
      signal,
    );
    // What runs was started with another engine.
    await this.#model.free();
    if (result.type === 'fails') this.#problems.tell(result.why);
    if (result.type === 'works') {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('The GPU is used from now on: {0}, {1}.', result.device, sizeWords(result.memoryBytes)),
      );
    }
  }

  async #during(
    title: string,
    work: (report: (message: string, fraction?: number) => void, signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    if (this.#busy !== '') return;
    const stop = new AbortController();
    const say = (words: string): void => {
      this.#busy = words;
      this.#changed.fire(undefined);
    };
    say(title);
    try {
      await vscode.window.withProgress(
        { location: vscode.ProgressLocation.Notification, title, cancellable: true },
        async (progress, token) => {
          token.onCancellationRequested(() => {
            stop.abort(new Error('Stopped'));
          });
          let before = 0;
          await work((message, fraction = before) => {
            progress.report({ message, increment: (fraction - before) * 100 });
            before = fraction;
            say(`${title}: ${message}`);
          }, stop.signal);
        },
      );
    } finally {
      say('');
    }
  }
}

async function agreed(choice: GpuChoice): Promise<boolean> {
  const fetch = vscode.l10n.t('Fetch it');
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t('Fetch the engine for {0}?', names[choice.gpu]),
    {
      modal: true,
      detail: vscode.l10n.t(
        '{0} are fetched from the package registry; unpacked they take {1}. The package is checked against the checksum that the companion was built with and tried in a process of its own. If it fails, the processor goes on.',
        sizeWords(choice.bytes),
        sizeWords(choice.unpackedBytes),
      ),
    },
    fetch,
  );
  return chosen === fetch;
}

function standingWords(standing: GpuStanding): string {
  switch (standing.type) {
    case 'none':
      return standing.why;
    case 'offer':
      return vscode.l10n.t(
        'This machine’s GPU could help ({0}). The engine for it isn’t here yet: {1} to fetch.',
        names[standing.choice.gpu],
        sizeWords(standing.choice.bytes),
      );
    case 'installed': {
      const { gpu, bytes, tried } = standing.installed;
      const size = vscode.l10n.t('The engine for {0} is installed ({1}).', names[gpu], sizeWords(bytes));
      if (!tried) return `${size} ${vscode.l10n.t('It hasn’t been tried yet and isn’t used.')}`;
      return tried.worked ? `${size} ${vscode.l10n.t('It works: {0}.', tried.words)}` : `${size} ${tried.words}`;
    }
  }
}

function actionsFor(standing: GpuStanding): readonly ActionButton[] {
  switch (standing.type) {
    case 'none':
      return [];
    case 'offer':
      return [{ action: 'installGpu', label: vscode.l10n.t('Fetch the engine for the GPU') }];
    case 'installed':
      return [
        { action: 'testGpu', label: vscode.l10n.t('Try it again') },
        { action: 'removeGpu', label: vscode.l10n.t('Remove it') },
      ];
  }
}
