// The tensor types that the specimens use, in llama.cpp's block layouts (ggml-quants, "reference" rounding).

export type TensorType = 'f32' | 'f16' | 'q8_0' | 'q4_0';

/** What GGUF calls each type, and how many bytes hold how many weights. */
export const tensorTypes: Readonly<Record<TensorType, { id: number; blockWeights: number; blockBytes: number }>> = {
  f32: { id: 0, blockWeights: 1, blockBytes: 4 },
  f16: { id: 1, blockWeights: 1, blockBytes: 2 },
  q4_0: { id: 2, blockWeights: 32, blockBytes: 18 },
  q8_0: { id: 8, blockWeights: 32, blockBytes: 34 },
};

/** The bytes of `weights` weights. Throws unless they fill whole blocks. */
export function bytesOf(type: TensorType, weights: number): number {
  const { blockWeights, blockBytes } = tensorTypes[type];
  if (weights % blockWeights !== 0) throw new Error(`${weights} weights don't fill whole blocks of ${type}`);
  return (weights / blockWeights) * blockBytes;
}

/** Encodes weights; their number must be a multiple of the type's block. */
export function encodeWeights(type: TensorType, weights: Float32Array): Uint8Array {
  const bytes = new Uint8Array(bytesOf(type, weights.length));
  const view = new DataView(bytes.buffer);
  const { blockWeights, blockBytes } = tensorTypes[type];
  for (let block = 0; block * blockWeights < weights.length; block++) {
    const from = block * blockWeights;
    const at = block * blockBytes;
    switch (type) {
      case 'f32':
        view.setFloat32(at, weights[from] ?? 0, true);
        break;
      case 'f16':
        view.setUint16(at, toHalf(weights[from] ?? 0), true);
        break;
      case 'q8_0':
        encodeQ8(weights, from, view, at);
        break;
      case 'q4_0':
        encodeQ4(weights, from, view, at);
        break;
    }
  }
  return bytes;
}

/** The inverse of `encodeWeights`, as far as the type kept them. */
export function decodeWeights(type: TensorType, bytes: Uint8Array): Float32Array {
  const { blockWeights, blockBytes } = tensorTypes[type];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const weights = new Float32Array((bytes.length / blockBytes) * blockWeights);
  for (let block = 0; block * blockBytes < bytes.length; block++) {
    const at = block * blockBytes;
    const to = block * blockWeights;
    switch (type) {
      case 'f32':
        weights[to] = view.getFloat32(at, true);
        break;
      case 'f16':
        weights[to] = fromHalf(view.getUint16(at, true));
        break;
      case 'q8_0': {
        const scale = fromHalf(view.getUint16(at, true));
        for (let n = 0; n < 32; n++) weights[to + n] = scale * view.getInt8(at + 2 + n);
        break;
      }
      case 'q4_0': {
        const scale = fromHalf(view.getUint16(at, true));
        for (let n = 0; n < 16; n++) {
          const pair = view.getUint8(at + 2 + n);
          weights[to + n] = scale * ((pair & 15) - 8);
          weights[to + 16 + n] = scale * ((pair >> 4) - 8);
        }
        break;
      }
    }
  }
  return weights;
}

/** 32 weights: a half-precision scale, then a signed byte each. */
function encodeQ8(weights: Float32Array, from: number, view: DataView, at: number): void {
  let greatest = 0;
  for (let n = 0; n < 32; n++) greatest = Math.max(greatest, Math.abs(weights[from + n] ?? 0));
  const scale = Math.fround(greatest / 127);
  const inverse = scale === 0 ? 0 : Math.fround(1 / scale);
  view.setUint16(at, toHalf(scale), true);
  for (let n = 0; n < 32; n++) {
    const scaled = Math.fround((weights[from + n] ?? 0) * inverse);
    view.setInt8(at + 2 + n, Math.sign(scaled) * Math.floor(Math.abs(scaled) + 0.5));
  }
}

/** 32 weights: a half-precision scale, then 16 bytes with weight n in the low and weight n + 16 in the high half. */
function encodeQ4(weights: Float32Array, from: number, view: DataView, at: number): void {
  let extreme = 0;
  for (let n = 0; n < 32; n++) {
    const weight = weights[from + n] ?? 0;
    if (Math.abs(weight) > Math.abs(extreme)) extreme = weight;
  }
  // Of the sixteen steps eight lie below zero and seven above: the extreme weight takes the eighth.
  const scale = Math.fround(extreme / -8);
  const inverse = scale === 0 ? 0 : Math.fround(1 / scale);
  view.setUint16(at, toHalf(scale), true);
  const step = (n: number): number =>
    Math.min(15, Math.trunc(Math.fround(Math.fround((weights[from + n] ?? 0) * inverse) + 8.5)));
  for (let n = 0; n < 16; n++) view.setUint8(at + 2 + n, step(n) | (step(n + 16) << 4));
}

const floatBits = new Uint32Array(1);
const floatValue = new Float32Array(floatBits.buffer);

/** The bits of the nearest half-precision number; ties to even, too large to infinity. */
export function toHalf(value: number): number {
  floatValue[0] = value;
  const bits = floatBits[0] ?? 0;
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00;
  if (magnitude >= 0x477ff000) return sign | 0x7c00;
  if (magnitude >= 0x38800000) return sign | roundOff(magnitude - 0x38000000, 13);
  // Below the least normal number: the leading one becomes explicit and moves down.
  const exponent = magnitude >>> 23;
  if (exponent < 102) return sign;
  return sign | roundOff((magnitude & 0x7fffff) | 0x800000, 126 - exponent);
}

/** `bits` without its lowest `count`, to the nearest, ties to even. */
function roundOff(bits: number, count: number): number {
  const kept = bits >>> count;
  const rest = bits & (2 ** count - 1);
  const half = 2 ** (count - 1);
  return rest > half || (rest === half && (kept & 1) === 1) ? kept + 1 : kept;
}

/** The number that half-precision `bits` stand for. */
export function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 31;
  const fraction = bits & 0x3ff;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}
