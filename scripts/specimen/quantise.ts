// A half-precision specimen → the same model in a quantised type, the same bytes every time.

import { writeGguf, readGguf, tensorData, type MetadataValue, type TensorToWrite } from './gguf.ts';
import { fileTypes } from './modelShape.ts';
import { decodeWeights, encodeWeights, type TensorType } from './tensorTypes.ts';

export type QuantisedType = 'q8_0' | 'q4_0';

/**
 * Writes the model of `source` in `type` to `target`. Vectors stay as they are; the token embeddings, which are the output
 * layer too, lose too much in four bits and get eight.
 */
export function quantise(source: string, target: string, type: QuantisedType): void {
  const model = readGguf(source);
  const metadata = new Map(model.metadata.map(({ key, value }): [string, MetadataValue] => [key, value]));
  metadata.set('general.file_type', { type: 'uint32', value: fileTypes[type] });
  writeGguf(
    target,
    metadata,
    model.tensors.map((tensor): TensorToWrite => {
      const stored = tensorData(model, tensor);
      const wanted: TensorType =
        tensor.dimensions.length === 1 ? tensor.type : tensor.name === 'token_embd.weight' ? 'q8_0' : type;
      return {
        name: tensor.name,
        dimensions: tensor.dimensions,
        type: wanted,
        data: () => [wanted === tensor.type ? stored : encodeWeights(wanted, decodeWeights(tensor.type, stored))],
      };
    }),
  );
}
