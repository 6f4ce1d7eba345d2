// Whether the tensors that a network of this shape is made of are all there, in the sizes that the shape asks for.

import { isEncoder, isHybrid, isPlain } from './architectures.ts';
import { FileProblemError } from './fileProblem.ts';
import type { GgufTensor } from './ggufHeader.ts';
import type { NetworkShape } from './networkShape.ts';

/** What norms and biases are stored in: with any other type, the engine aborts when it computes the first token. */
const plainTypes = ['F32', 'F16', 'BF16'];

/** Throws a FileProblemError('tensors') that names the tensor. */
export function checkTensors(
  tensors: readonly GgufTensor[],
  architecture: string,
  shape: NetworkShape,
  vocabulary: number,
): void {
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const { embedding, layers } = shape;
  expect(byName, 'token_embd.weight', [embedding, vocabulary]);
  if (byName.has('output.weight')) expect(byName, 'output.weight', [embedding, vocabulary]);
  if (!isEncoder(architecture) && !isHybrid(architecture)) expect(byName, 'output_norm.weight', [embedding]);

  const blocks = Array.from({ length: layers }, () => new Set<string>());
  for (const { name, type } of tensors) {
    if (/(norm\.weight|\.bias)$/.test(name) && !plainTypes.includes(type.name)) {
      throw new FileProblemError(
        'tensors',
        `${name} is of type ${type.name}, which the engine can’t add or multiply by`,
      );
    }
    const [, layer, part] = /^blk\.(\d+)\.(.+)$/.exec(name) ?? [];
    if (layer === undefined || part === undefined) continue;
    const block = blocks[Number(layer)];
    if (!block) throw new FileProblemError('tensors', `${name}, but there are ${layers} layers`);
    block.add(part);
  }
  blocks.forEach((parts, layer) => {
    if (parts.size === 0) throw new FileProblemError('tensors', `layer ${layer} has no weights`);
    if (isPlain(architecture)) checkBlock(byName, `blk.${layer}.`, parts, shape);
  });
}

function checkBlock(
  byName: ReadonlyMap<string, GgufTensor>,
  block: string,
  parts: ReadonlySet<string>,
  { embedding, heads, kvHeads, keyLength, valueLength, feedForward, uniform }: NetworkShape,
): void {
  const check = (part: string, dimensions: readonly number[]): void => {
    expect(byName, `${block}${part}.weight`, uniform ? dimensions : undefined);
  };
  const queries = heads * keyLength;
  const keys = kvHeads * keyLength;
  const values = kvHeads * valueLength;
  check('attn_norm', [embedding]);
  if (parts.has('attn_qkv.weight')) {
    check('attn_qkv', [embedding, queries + keys + values]);
  } else {
    check('attn_q', [embedding, queries]);
    check('attn_k', [embedding, keys]);
    check('attn_v', [embedding, values]);
  }
  check('attn_output', [heads * valueLength, embedding]);
  check('ffn_norm', [embedding]);
  if (parts.has('ffn_down_exps.weight')) return;
  check('ffn_gate', [embedding, feedForward]);
  check('ffn_up', [embedding, feedForward]);
  check('ffn_down', [feedForward, embedding]);
}

function expect(byName: ReadonlyMap<string, GgufTensor>, name: string, dimensions?: readonly number[]): void {
  const tensor = byName.get(name);
  if (!tensor) throw new FileProblemError('tensors', `${name} is missing`);
  if (dimensions && !dimensions.every((size, n) => tensor.dimensions[n] === size)) {
    throw new FileProblemError(
      'tensors',
      `${name} has ${tensor.dimensions.join(' × ')} weights, not ${dimensions.join(' × ')}`,
    );
  }
}
