// Logistic regression by Newton's method with a little ridge, for the gates.

export interface Example {
  /** The first is 1, for the bias. */
  readonly features: readonly number[];
  readonly covered: boolean;
  readonly type: string;
}

const ridge = 0.5;

/** Weights that make the examples most likely, less the ridge; the first is the bias. */
export function fit(examples: readonly Example[]): number[] {
  const size = examples[0]?.features.length ?? 0;
  let weights = new Array<number>(size).fill(0);
  for (let step = 0; step < 30; step++) {
    const gradient = weights.map((weight, i) => (i === 0 ? 0 : -ridge * weight));
    const hessian = weights.map((_, i) => weights.map((__, j): number => (i === j ? (i === 0 ? 1e-6 : ridge) : 0)));
    for (const { features, covered } of examples) {
      const p = probability(weights, features);
      for (const [i, x] of features.entries()) {
        gradient[i] = (gradient[i] ?? 0) + ((covered ? 1 : 0) - p) * x;
        const row = hessian[i] ?? [];
        for (const [j, y] of features.entries()) row[j] = (row[j] ?? 0) + p * (1 - p) * x * y;
      }
    }
    const change = solve(hessian, gradient);
    weights = weights.map((weight, i) => weight + (change[i] ?? 0));
  }
  return weights;
}

function probability(weights: readonly number[], features: readonly number[]): number {
  return 1 / (1 + Math.exp(-features.reduce((sum, x, i) => sum + x * (weights[i] ?? 0), 0)));
}

/** Solves a small linear system by Gaussian elimination with pivoting. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i] ?? 0]);
  const size = rows.length;
  for (let column = 0; column < size; column++) {
    const rest = rows.slice(column);
    const pivot = rest.reduce((best, row) => (Math.abs(row[column] ?? 0) > Math.abs(best[column] ?? 0) ? row : best));
    rows.splice(rows.indexOf(pivot), 1);
    rows.splice(column, 0, pivot);
    for (const row of rows) {
      if (row === pivot) continue;
      const factor = (row[column] ?? 0) / (pivot[column] ?? 1);
      for (let j = column; j <= size; j++) row[j] = (row[j] ?? 0) - factor * (pivot[j] ?? 0);
    }
  }
  return rows.map((row, i) => (row[size] ?? 0) / (row[i] ?? 1));
}

/** Every example with the probability by weights that were fitted to the other four fifths. */
export function heldOut(examples: readonly Example[]): (Example & { readonly p: number })[] {
  const folds = 5;
  return Array.from({ length: folds }, (_, fold) => {
    const weights = fit(examples.filter((__, n) => n % folds !== fold));
    return examples
      .filter((__, n) => n % folds === fold)
      .map((example) => ({ ...example, p: probability(weights, example.features) }));
  }).flat();
}
