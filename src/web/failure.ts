/**
 * What went wrong with a picture: a CodecError's code, or HTTP (the server's status is in `status`), NETWORK (no connection, a cut one, or none allowed), ABORTED,
 * DECODER (no memory).
 */
export interface Failure extends Error {
  code: string;
  status?: number;
}

/** An error with these fields. */
export const failure = (code: string, message: string, fields = {}): Failure =>
  Object.assign(new Error(message), { name: 'CodecError', code, ...fields });
