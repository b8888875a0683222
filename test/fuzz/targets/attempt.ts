import { type CodecError, ERROR_CODES } from 'lowrank';

/** The outcome of a call: its value, or its intended error. */
export type Outcome<T> = { value: T; error?: undefined } | { value?: undefined; error: CodecError };

/** Calls; any error but a CodecError with a code, a field and a message passes through. */
export function attempt<T>(run: () => T): Outcome<T> {
  try {
    return { value: run() };
  } catch (error) {
    return { error: checked(error) };
  }
}

export async function attemptLater<T>(run: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { value: await run() };
  } catch (error) {
    return { error: checked(error) };
  }
}

function checked(error: unknown): CodecError {
  const { name, code, field, message, offset = 0 } = error as CodecError;
  if (name !== 'CodecError') throw error;
  const said =
    ERROR_CODES.includes(code) &&
    typeof field === 'string' &&
    field &&
    message.startsWith(`${code}: ${field}`);
  if (!said || !(offset >= 0)) throw new Error(`an error that says too little: ${message}`, { cause: error });
  return error as CodecError;
}

/** Throws, for the fuzzer to see, unless a condition holds. */
export function hold(what: unknown, message: string): asserts what {
  if (!what) throw new Error(message);
}
