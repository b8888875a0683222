/// <reference path="../../types/client.d.ts" />

declare module 'virtual:bytes' {
  const bytes: Record<string, import('./peer-bytes.js').PeerBytes>;
  export default bytes;
}
