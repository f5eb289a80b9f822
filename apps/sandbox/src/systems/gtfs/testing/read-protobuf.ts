/** A protobuf message by field number, as its bytes tell it: repeated fields have several values. */
export type Fields = ReadonlyMap<number, readonly (number | Buffer)[]>;

const VARINT = 0;
const LENGTH = 2;
const FOUR_BYTES = 5;

/** Reads the wire format without any schema. @throws Error for a wire type that GTFS-Realtime does not use */
export function readFields(bytes: Buffer): Fields {
  const fields = new Map<number, (number | Buffer)[]>();
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = bytes.readUInt8(at);
      at += 1;
      value += (byte & 127) * shift;
      if (byte < 128) return value;
    }
  };
  const take = (length: number): Buffer => {
    if (at + length > bytes.length) throw new Error('the message is cut off');
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const tag = varint();
    const [number, type] = [tag >>> 3, tag & 7];
    fields.set(number, [...(fields.get(number) ?? []), valueOf(type)]);
  }
  return fields;

  function valueOf(type: number): number | Buffer {
    if (type === VARINT) return varint();
    if (type === LENGTH) return take(varint());
    if (type === FOUR_BYTES) return take(4).readFloatLE();
    throw new Error(`wire type ${type}`);
  }
}

/** The messages in the field at the end of this path of field numbers, from every branch. */
export function messagesAt(message: Fields, ...path: readonly number[]): Fields[] {
  return path.reduce<Fields[]>(
    (found, number) => found.flatMap((one) => (one.get(number) ?? []).map((value) => readFields(value as Buffer))),
    [message],
  );
}

/** The text in that field; undefined without one. */
export function textAt(message: Fields | undefined, number: number): string | undefined {
  const value = message?.get(number)?.[0];
  return value instanceof Buffer ? value.toString('utf8') : undefined;
}

/** The number in that field; undefined without one. */
export function numberAt(message: Fields | undefined, number: number): number | undefined {
  const value = message?.get(number)?.[0];
  return typeof value === 'number' ? value : undefined;
}
