// What is said between a window and the process that tries an engine for the GPU.

import { either, isNumber, isText, messageOf, oneOf, shape } from '../check.ts';
import type { GpuKind } from './gpuOffer.ts';

export interface TrialOrder {
  readonly type: 'try';
  readonly gpu: GpuKind;
  /** The engine to try. */
  readonly engineFolder: string;
  /** A model to try it on; null if there is none yet. */
  readonly modelFile: string | null;
}

export interface TrialNews {
  /** How far it got, which says what was at fault if that is the last word. */
  readonly type: 'device';
  readonly name: string;
  readonly memoryBytes: number;
}

export interface TrialEnd {
  readonly type: 'worked';
  /** Of the model; null if there was none. */
  readonly tokensPerSecond: number | null;
}

export interface TrialFailure {
  readonly type: 'failed';
  readonly why: 'no-device' | 'no-layer' | 'wrong-numbers' | 'other';
  readonly detail: string;
}

export type FromTrial = TrialNews | TrialEnd | TrialFailure;

const isNull = (value: unknown): value is null => value === null;

const isOrder = messageOf<TrialOrder>({
  try: shape<TrialOrder>({
    type: oneOf('try'),
    gpu: oneOf('vulkan', 'cuda'),
    engineFolder: isText,
    modelFile: either(isText, isNull),
  }),
});

const isFromTrial = messageOf<FromTrial>({
  device: shape<TrialNews>({ type: oneOf('device'), name: isText, memoryBytes: isNumber }),
  worked: shape<TrialEnd>({ type: oneOf('worked'), tokensPerSecond: either(isNumber, isNull) }),
  failed: shape<TrialFailure>({
    type: oneOf('failed'),
    why: oneOf('no-device', 'no-layer', 'wrong-numbers', 'other'),
    detail: isText,
  }),
});

export function readOrder(value: unknown): TrialOrder | undefined {
  return isOrder(value) ? value : undefined;
}

export function readFromTrial(value: unknown): FromTrial | undefined {
  return isFromTrial(value) ? value : undefined;
}
