import { AppError, type Omission } from '#lib/kernel';
import { attributeOf, type XmlElement } from '../../xml/xml-element.js';
import { malformed } from '../../wire/wire-object.js';
import type { SapAnnotations } from './edm-model.js';

const SAP_NAMESPACE = 'http://www.sap.com/Protocols/SAPData';
const METADATA_NAMESPACE = 'http://schemas.microsoft.com/ado/2007/08/dataservices/metadata';
const LONGEST = 4_000;

/** One element of a schema with its place in the document; reads attributes strictly. */
export class EdmElement {
  constructor(
    private readonly element: XmlElement,
    readonly path: string,
    private readonly omissions: Omission[],
  ) {}

  /** @throws AppError UPSTREAM_MALFORMED when the attribute is missing or empty */
  text(name: string): string {
    const value = this.optionalText(name);
    if (value === null) throw this.wrong(name, 'is missing');
    return value;
  }

  /** Missing and empty are null. */
  optionalText(name: string): string | null {
    return this.checked(name, attributeOf(this.element, null, name));
  }

  /** An attribute of the data services namespace, e.g. `m:HttpMethod`. */
  dataServiceText(name: string): string | null {
    return this.checked(name, attributeOf(this.element, METADATA_NAMESPACE, name));
  }

  flag(name: string, otherwise: boolean): boolean {
    return this.asFlag(name, this.optionalText(name), otherwise);
  }

  dataServiceFlag(name: string): boolean {
    return this.asFlag(name, this.dataServiceText(name), false);
  }

  /** Missing is null. */
  count(name: string): number | null {
    const text = this.optionalText(name);
    if (text === null) return null;
    if (!/^\d{1,9}$/.test(text)) throw this.wrong(name, 'is not a whole number');
    return Number(text);
  }

  /** A whole number, or `word` in any case. */
  countOr<Word extends string>(name: string, word: Word): number | Word | null {
    return this.optionalText(name)?.toLowerCase() === word ? word : this.count(name);
  }

  sap(): SapAnnotations {
    const own = this.element.attributes.filter(({ namespace }) => namespace === SAP_NAMESPACE);
    return Object.fromEntries(own.map(({ name, value }) => [name, value]));
  }

  /** The first child of that name in the schema's own namespace; annotations of OData 4 may stand beside it. */
  child(name: string): EdmElement | null {
    return this.children(name)[0] ?? null;
  }

  children(name: string): readonly EdmElement[] {
    return this.element.children
      .filter((child) => child.name === name && child.namespace === this.element.namespace)
      .map((child, index) => new EdmElement(child, `${this.path}.${name}[${index}]`, this.omissions));
  }

  /** Reads each child of that name; a malformed one is left out and reported. */
  each<T>(name: string, read: (child: EdmElement) => T): readonly T[] {
    return this.children(name).flatMap((child) => {
      try {
        return [read(child)];
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        this.omissions.push({
          path: error.details.path ?? child.path,
          reason: error.details.reason ?? 'is malformed',
        });
        return [];
      }
    });
  }

  wrong(attribute: string, reason: string): AppError {
    return malformed(`${this.path}.${attribute}`, reason);
  }

  private checked(name: string, value: string | undefined): string | null {
    if (value === undefined || value === '') return null;
    if (value.length > LONGEST) throw this.wrong(name, `is longer than ${LONGEST} characters`);
    return value;
  }

  private asFlag(name: string, text: string | null, otherwise: boolean): boolean {
    if (text === null) return otherwise;
    if (/^(?:true|1)$/i.test(text)) return true;
    if (/^(?:false|0)$/i.test(text)) return false;
    throw this.wrong(name, 'is neither true nor false');
  }
}
