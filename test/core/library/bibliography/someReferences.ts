import type { Resource } from '../../../../src/core/curriculum.ts';
import type { SavedDocument } from '../../../../src/core/library/savedDocument.ts';

export const paper: Resource = {
  id: 'flashattention-paper',
  title: 'FlashAttention: Fast and Memory-Efficient Exact Attention',
  creators: 'Tri Dao; Daniel Y. Fu',
  kind: 'paper',
  url: 'https://arxiv.org/abs/2205.14135',
  year: 2022,
  level: 'advanced',
  access: 'free',
  minutes: 90,
};

/** A document as the shelf has it. */
export function document(more: Partial<SavedDocument>): SavedDocument {
  return {
    id: 'd1',
    address: '',
    title: 'A text',
    creators: '',
    kind: 'page',
    origin: 'address',
    minutes: 0,
    addedAt: 0,
    copies: [],
    ...more,
  };
}
