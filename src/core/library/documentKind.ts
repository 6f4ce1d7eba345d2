// What a text on the shelf is: one of the handbook's kinds, a page of the learner's finding, or a file of theirs.

import { resourceKinds } from '../curriculum.ts';
import type { ResourceKind } from '../curriculum.ts';

export const documentKinds = [...resourceKinds, 'page', 'file'] as const;
export type DocumentKind = ResourceKind | 'page' | 'file';
