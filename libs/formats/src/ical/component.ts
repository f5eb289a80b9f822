import { malformed } from '../wire/wire-object.js';
import { nameOfLine, parseContentLine, type ContentLine } from './content-lines.js';

const MOST_COMPONENTS = 50_000;
const DEEPEST = 8;
/** Properties of RFC 5545 that say nothing of an event's time or name: written wrongly, they cost nobody the event. */
const OF_NO_WEIGHT =
  /^(?:ATTACH|ATTENDEE|CLASS|COMMENT|CONTACT|CREATED|GEO|ORGANIZER|PRIORITY|RELATED-TO|RESOURCES|TRANSP|URL|X-[\w-]{1,98})\b/i;

/** BEGIN … END with what lies between. */
export class Component {
  readonly children: Component[] = [];
  private readonly lines: { readonly name: string; readonly text: string }[] = [];
  /** Number of the first line that is no property. */
  private strayLine: number | null = null;

  constructor(
    readonly name: string,
    readonly path: string,
  ) {}

  add(text: string, lineNumber: number): void {
    const name = nameOfLine(text);
    if (name === undefined && OF_NO_WEIGHT.test(text)) return;
    if (name === undefined) this.strayLine ??= lineNumber;
    else this.lines.push({ name, text });
  }

  /** @throws AppError UPSTREAM_MALFORMED when something between its properties could have been one */
  refuseStrayLines(): void {
    if (this.strayLine !== null) throw malformed(this.path, `has no property in line ${this.strayLine}`);
  }

  /**
   * All properties of that name; an empty one says as much as none.
   * @throws AppError UPSTREAM_MALFORMED when parameters of one are not well formed
   */
  all(name: string): readonly ContentLine[] {
    return this.lines
      .filter((line) => line.name === name)
      .map(({ text }) => parseContentLine(text) ?? this.refuse(name, 'has malformed parameters'))
      .filter(({ value }) => value !== '');
  }

  /** @throws AppError UPSTREAM_MALFORMED at that property */
  refuse(name: string, reason: string): never {
    throw malformed(this.at(name), reason);
  }

  first(name: string): ContentLine | undefined {
    return this.all(name)[0];
  }

  /** @throws AppError UPSTREAM_MALFORMED when it is there more than once */
  only(name: string): ContentLine | undefined {
    const lines = this.all(name);
    return lines.length > 1 ? this.refuse(name, 'is there more than once') : lines[0];
  }

  at(name: string): string {
    return `${this.path}.${name}`;
  }
}

/**
 * The outermost components of an iCalendar file: calendars, or single events as they are kept in fragments.
 * @throws AppError UPSTREAM_MALFORMED when components are not nested properly, e.g. in a file that was cut off
 */
export function parseComponents(lines: readonly string[]): readonly Component[] {
  const root = new Component('', '$');
  const open = [root];
  const counts = new Map<string, number>();
  lines.forEach((line, index) => {
    const text = line.trimEnd();
    if (text === '') return;
    const place = `line ${index + 1}`;
    const inner = open.at(-1) ?? root;
    const [, keyword, rawName = ''] = /^(BEGIN|END):\s*([A-Za-z0-9-]{1,100})$/i.exec(text) ?? [];
    const name = rawName.toUpperCase();
    if (keyword === undefined) {
      if (inner === root) throw malformed(place, 'lies outside of any component');
      inner.add(text, index + 1);
    } else if (keyword.toUpperCase() === 'BEGIN') {
      if (open.length > DEEPEST) throw malformed(place, `is nested deeper than ${DEEPEST} levels`);
      open.push(begin(inner, name, counts));
    } else if (open.pop()?.name !== name) throw malformed(place, 'ends a component that is not open');
  });
  if (open.length > 1) throw malformed(open.at(-1)?.path ?? '$', 'does not end');
  if (root.children.length === 0) throw malformed('$', 'is no iCalendar');
  return root.children;
}

function begin(parent: Component, name: string, counts: Map<string, number>): Component {
  const count = counts.get(name) ?? 0;
  if (count >= MOST_COMPONENTS) throw malformed(name, `is there more than ${MOST_COMPONENTS} times`);
  counts.set(name, count + 1);
  const component = new Component(name, name === 'VCALENDAR' ? name : `${name}[${count}]`);
  parent.children.push(component);
  return component;
}
