import type { Connection, FileConnection } from '#lib/upstream';

/** A connection whose downloads are the bodies of its answers. */
export function filesOver({ send }: Connection): FileConnection {
  return {
    send,
    download: async (request, call, sink) => {
      const { body, ...head } = await send(request, call);
      const bytes = head.status === 200 ? body : Buffer.alloc(0);
      const read = (at: number, length: number) => Promise.resolve(bytes.subarray(at, at + length));
      return sink({ ...head, file: { size: bytes.length, read } });
    },
  };
}
