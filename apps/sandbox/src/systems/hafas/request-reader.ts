import { MessageFault } from './faults.js';

/**
 * Reads a request as strictly as mgate does: a field of the wrong type, `null` included, spoils the whole message.
 * The error names the place, e.g. `root.svcReqL.req.maxJny`.
 */
export class RequestReader {
  private readonly fields: Readonly<Record<string, unknown>>;

  constructor(
    value: unknown,
    private readonly path: string,
  ) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw parseFault(path);
    this.fields = value as Record<string, unknown>;
  }

  text(name: string): string {
    return this.findText(name) ?? this.refuse(name);
  }

  findText(name: string): string | undefined {
    const value = this.value(name);
    return value === undefined || typeof value === 'string' ? value : this.refuse(name);
  }

  /** A whole number. */
  integer(name: string): number {
    return this.findInteger(name) ?? this.refuse(name);
  }

  findInteger(name: string): number | undefined {
    const value = this.value(name);
    if (value === undefined) return undefined;
    return typeof value === 'number' && Number.isSafeInteger(value) ? value : this.refuse(name);
  }

  findBoolean(name: string): boolean | undefined {
    const value = this.value(name);
    return value === undefined || typeof value === 'boolean' ? value : this.refuse(name);
  }

  object(name: string): RequestReader {
    return this.findObject(name) ?? this.refuse(name);
  }

  findObject(name: string): RequestReader | undefined {
    const value = this.value(name);
    return value === undefined ? undefined : new RequestReader(value, this.at(name));
  }

  /** The objects of a list; none when the list is missing. */
  objects(name: string): RequestReader[] {
    const value = this.value(name) ?? [];
    if (!Array.isArray(value)) return this.refuse(name);
    return value.map((entry: unknown) => new RequestReader(entry, this.at(name)));
  }

  private value(name: string): unknown {
    return Object.hasOwn(this.fields, name) ? this.fields[name] : undefined;
  }

  private refuse(name: string): never {
    throw parseFault(this.at(name));
  }

  private at(name: string): string {
    return `${this.path}.${name}`;
  }
}

/** @param bytes the body of a request */
export function readRequest(bytes: Buffer): RequestReader {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw parseFault('root');
  }
  return new RequestReader(value, 'root');
}

function parseFault(path: string): MessageFault {
  return new MessageFault('PARSE', `HCI Core: Parse fail : Parser error: ${path}`);
}
