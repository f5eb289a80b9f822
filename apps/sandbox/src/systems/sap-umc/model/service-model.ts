/** Which Contract a system shows: the older service pack has ContractStartDate, the newer MoveInDate and more fields. */
export type ServicePack = 'older' | 'newer';

type EdmType = 'Edm.String' | 'Edm.Boolean' | 'Edm.DateTime' | 'Edm.Decimal' | 'Edm.Guid';

export interface Property {
  readonly name: string;
  /** A simple type, or the name of a complex type of the same service. */
  readonly type: EdmType | { readonly complex: string };
  readonly nullable: boolean;
  readonly maxLength?: number;
  readonly scale?: number;
}

export interface Navigation {
  readonly name: string;
  readonly many: boolean;
  readonly to: string;
  /** Property here and property there that must be equal. */
  readonly join: readonly [from: string, to: string];
}

export interface EntityType {
  readonly name: string;
  /** Null for a complex type. */
  readonly set: string | null;
  readonly keys: readonly string[];
  readonly properties: ReadonlyMap<string, Property>;
  readonly navigations: ReadonlyMap<string, Navigation>;
  /** A media link entry, whose bytes are at `$value`. */
  readonly hasStream: boolean;
  /** What `$metadata` says, which is not all that can be written. */
  readonly creatable: boolean;
}

export interface ServiceModel {
  readonly name: string;
  readonly types: ReadonlyMap<string, EntityType>;
  readonly sets: ReadonlyMap<string, EntityType>;
}

/** One line of a model table: type, set with keys, properties, navigations. */
export interface TypeLine {
  readonly type: string;
  readonly set?: string;
  readonly keys?: string;
  /**
   * `Name:S10` text of at most 10 · `B` boolean · `T` date and time · `D4` decimal with scale 4 · `G` GUID ·
   * `C(AddressInfo)` complex. `?` nullable, `+` newer service packs only, `-` older ones only.
   */
  readonly properties: string;
  /** `Name>Type.Property` to one, `Name>>Type.Property` to many; `.Here=There` where the names differ; `+` as above. */
  readonly navigations?: string;
  readonly stream?: boolean;
  readonly creatable?: boolean;
}

const PROPERTY = /^(\w+):(?:([SD])(\d*)|([BTG])|C\((\w+)\))(\??)([+-]?)$/;
const NAVIGATION = /^(\w+)(>>?)(\w+)\.(\w+)(?:=(\w+))?([+-]?)$/;
const SIMPLE: Readonly<Record<string, EdmType>> = {
  S: 'Edm.String',
  D: 'Edm.Decimal',
  B: 'Edm.Boolean',
  T: 'Edm.DateTime',
  G: 'Edm.Guid',
};

/** Builds a service from its table. A line that does not follow the notation is a programming error and throws. */
export function serviceModel(name: string, lines: readonly TypeLine[], servicePack: ServicePack): ServiceModel {
  const types = new Map(lines.map((line) => [line.type, entityType(line, servicePack)]));
  const sets = new Map([...types.values()].flatMap((type) => (type.set === null ? [] : [[type.set, type] as const])));
  return { name, types, sets };
}

/** The type of that name. A name outside the model is a programming error and throws. */
export function typeNamed(service: ServiceModel, name: string): EntityType {
  const type = service.types.get(name);
  if (type === undefined) throw new Error(`${service.name} has no type ${name}`);
  return type;
}

function entityType(line: TypeLine, servicePack: ServicePack): EntityType {
  return {
    name: line.type,
    set: line.set ?? null,
    keys: words(line.keys),
    properties: byName(words(line.properties).flatMap((word) => property(word, servicePack))),
    navigations: byName(words(line.navigations).flatMap((word) => navigation(word, servicePack))),
    hasStream: line.stream ?? false,
    creatable: line.creatable ?? false,
  };
}

function property(word: string, servicePack: ServicePack): Property[] {
  const [, name = '', sized, size, plain, complex, nullable, pack = ''] = matchOf(PROPERTY, word);
  if (!belongs(pack, servicePack)) return [];
  if (complex !== undefined) return [{ name, type: { complex }, nullable: false }];
  const number = size === undefined || size === '' ? undefined : Number(size);
  return [
    {
      name,
      type: SIMPLE[sized ?? plain ?? ''] ?? 'Edm.String',
      nullable: nullable === '?',
      ...(number !== undefined && (sized === 'S' ? { maxLength: number } : { scale: number })),
    },
  ];
}

function navigation(word: string, servicePack: ServicePack): Navigation[] {
  const [, name = '', arrow, to = '', from = '', there, pack = ''] = matchOf(NAVIGATION, word);
  return belongs(pack, servicePack) ? [{ name, many: arrow === '>>', to, join: [from, there ?? from] }] : [];
}

function belongs(pack: string, servicePack: ServicePack): boolean {
  return pack === '' || (pack === '+') === (servicePack === 'newer');
}

function matchOf(pattern: RegExp, word: string): RegExpExecArray {
  const match = pattern.exec(word);
  if (match === null) throw new Error(`not in the notation of the model table: ${word}`);
  return match;
}

function words(text = ''): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

function byName<T extends { readonly name: string }>(items: readonly T[]): ReadonlyMap<string, T> {
  return new Map(items.map((item) => [item.name, item]));
}
