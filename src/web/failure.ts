/**
 * What went wrong with a picture: the code of a CodecError, or HTTP (`status` holds the server's), NETWORK (no connection, a broken one, or
 * none allowed), ABORTED, DECODER (no memory).
 */
export interface Failure extends Error {
  code: string;
  status?: number;
}

/** An error with these fields. */
export const failure = (code: string, message: string, fields = {}): Failure =>
  Object.assign(new Error(message), { name: 'CodecError', code, ...fields });
