/** Something wrong in the curriculum's files, with the place to put it right. Lines count from 1. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** Collects problems of one file. */
export type Report = (line: number, message: string) => void;

export function reportInto(problems: Problem[], file: string): Report {
  return (line, message) => {
    problems.push({ file, line, message });
  };
}

/** One line a problem, in the form that editors make clickable. */
export function showProblem(problem: Problem): string {
  return `${problem.file}:${problem.line}: ${problem.message}`;
}
