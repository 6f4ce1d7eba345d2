import type { Problems } from '../problems.ts';
import type { GpuSupport } from './gpuSupport.ts';
import type { LocalModel } from './localModel.ts';

/** What choosing and caring for models acts on. */
export interface ModelParts {
  /** Of the companion, for its settings. */
  readonly extensionId: string;
  readonly model: LocalModel;
  readonly gpu: GpuSupport;
  readonly problems: Problems;
}
