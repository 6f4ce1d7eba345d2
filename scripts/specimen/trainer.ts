// Hands the lessons to train.py and takes the weights back.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { weightsOf } from './gguf.ts';
import type { Batch } from './lessons.ts';
import { tensorsOf, type ModelShape, type TensorShape } from './modelShape.ts';

export interface Training {
  readonly kind: 'language' | 'embedding' | 'ranking';
  readonly shape: ModelShape;
  readonly seed: number;
  /** Learning rates: of the layers' matrices, and of everything else. */
  readonly innerRate: number;
  readonly rate: number;
  /** Of the contrastive loss. */
  readonly temperature?: number;
  readonly padding: number;
  readonly batches: Iterable<Batch>;
}

export interface Trained {
  readonly tensors: readonly (TensorShape & { readonly weights: Float32Array })[];
  readonly log: readonly { readonly step: number; readonly loss: number; readonly seconds: number }[];
}

/** Trains with Python's PyTorch, which must be installed (Debian: python3-torch). Throws if it fails. */
export async function train({ batches, ...training }: Training, threads: number): Promise<Trained> {
  const folder = mkdtempSync(join(tmpdir(), 'specimen-'));
  try {
    const tensors = tensorsOf(training.shape);
    const sizes = writeBatches(folder, batches);
    writeFileSync(join(folder, 'plan.json'), JSON.stringify({ ...training, tensors, batches: sizes }));
    const script = join(import.meta.dirname, 'train.py');
    const python = process.env['PYTHON'] ?? '/usr/bin/python3';
    const child = spawn(python, [script, folder, '--threads', String(threads)], {
      stdio: 'inherit',
      // Threads that wait for one another by spinning make training ten times slower on a busy machine.
      env: { ...process.env, OMP_WAIT_POLICY: 'passive' },
    });
    const [code] = (await once(child, 'exit')) as [number | null];
    if (code !== 0)
      throw new Error('Training failed. It needs PyTorch: apt-get install python3-torch libopenblas0-pthread');
    const bytes = readFileSync(join(folder, 'weights.f32'));
    const all = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
    let at = 0;
    return {
      tensors: tensors.map((tensor) => {
        const count = weightsOf(tensor.dimensions);
        at += count;
        return { ...tensor, weights: all.slice(at - count, at) };
      }),
      log: JSON.parse(readFileSync(join(folder, 'log.json'), 'utf8')) as Trained['log'],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function writeBatches(folder: string, batches: Iterable<Batch>): [rows: number, length: number][] {
  const tokens = openSync(join(folder, 'tokens.u16'), 'w');
  const weights = openSync(join(folder, 'weights.u8'), 'w');
  const sizes: [number, number][] = [];
  for (const batch of batches) {
    writeSync(tokens, Buffer.from(batch.tokens.buffer));
    writeSync(weights, batch.weights);
    sizes.push([batch.rows, batch.length]);
  }
  closeSync(tokens);
  closeSync(weights);
  return sizes;
}
