// A collector of tests for suites that run inside VS Code's extension host, where node:test's own runner can't say how it
// went to whoever started VS Code.

export interface Failure {
  readonly name: string;
  readonly message: string;
}

export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly failures: readonly Failure[];
}

interface Test {
  readonly name: string;
  readonly body: () => void | Promise<void>;
}

const tests: Test[] = [];
const patience = 60_000;

/** Adds a test; they run one after the other, in the order they were added. */
export function test(name: string, body: () => void | Promise<void>): void {
  tests.push({ name, body });
}

/** Runs every test added so far. An error that nobody awaits fails the test during which it turned up. */
export async function runTests(report: (line: string) => void): Promise<Outcome> {
  const failures: Failure[] = [];
  const unhandled: Error[] = [];
  const note = (error: unknown): void => {
    // Other extensions share the host.
    if (error instanceof Error && /[\\/]dist[\\/]/.test(error.stack ?? '')) unhandled.push(error);
  };
  process.on('unhandledRejection', note);
  for (const { name, body } of tests) {
    try {
      await inTime(Promise.resolve().then(body));
      const [first] = unhandled.splice(0);
      if (first) throw first;
      report(`✔ ${name}`);
    } catch (error) {
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      failures.push({ name, message });
      report(`✖ ${name}\n${message}`);
    }
  }
  process.off('unhandledRejection', note);
  return { passed: tests.length - failures.length, failed: failures.length, failures };
}

/** Waits until `find` finds something. */
export async function until<T>(
  what: string,
  find: () => T | undefined | false | Promise<T | undefined | false>,
): Promise<T> {
  for (const end = Date.now() + 20_000; Date.now() < end;) {
    const found = await find();
    if (found !== undefined && found !== false) return found;
    await pause(25);
  }
  throw new Error(`Waited in vain until ${what}`);
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

async function inTime(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`Not done within ${patience / 1000} s`));
    }, patience);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
