export type ModelKind = 'chat' | 'embedding' | 'ranking';

/** What it takes to know what a model costs, of a file or of the catalogue. */
export interface ModelShape {
  readonly kind: ModelKind;
  /** As GGUF names it: "llama", "qwen3". */
  readonly architecture: string;
  readonly parameters: number;
  /** As GGUF names it: "Q4_K_M", "F16". */
  readonly quantisation: string;
  /** Of the weights. */
  readonly bytes: number;
  readonly layers: number;
  readonly heads: number;
  /** Heads with keys and values of their own, in the `kvLayers` that keep any. */
  readonly kvHeads: number;
  readonly kvLayers: number;
  /** Numbers in a head's key, and in its value. */
  readonly headDim: number;
  readonly embedding: number;
  readonly feedForward: number;
  readonly vocabulary: number;
  readonly trainContext: number;
  /** Only so many tokens back are looked at in some layers. */
  readonly slidingWindow?: number;
}
