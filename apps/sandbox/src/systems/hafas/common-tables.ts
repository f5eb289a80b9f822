import { addDays, hafasDate } from './berlin.js';
import { displayName, linesAt, type Line, type Operator } from './network.js';
import type { Stop } from './stops.js';
import { wireStop } from './wire-stop.js';

/** A remark as `remL` carries it. */
export interface Remark {
  readonly code: string;
  readonly text: string;
  readonly short?: string;
  readonly priority?: number;
}

/** Rows that are written once and referred to by their position. */
class Table {
  readonly rows: unknown[] = [];
  private readonly positions = new Map<string, number>();

  /** Position of the row with this key; `row` is asked for only the first time. */
  position(key: string, row: () => unknown): number {
    const known = this.positions.get(key);
    if (known !== undefined) return known;
    const position = this.rows.push(undefined) - 1;
    this.positions.set(key, position);
    this.rows[position] = row();
    return position;
  }
}

/** A message about disturbed service as `himL` carries it. */
export interface Notice {
  readonly id: string;
  readonly line: Line;
  readonly title: string;
  readonly text: string;
}

/**
 * The `common` part of a result: stops, products, operators, remarks, notices and icons that its other parts point into.
 * A line stands in `prodL` once in general (stops refer to it) and once for each of its runs.
 */
export class CommonTables {
  private readonly stops = new Table();
  private readonly products = new Table();
  private readonly operators = new Table();
  private readonly remarks = new Table();
  private readonly notices = new Table();
  private readonly icons = new Table();

  stop(stop: Stop, withLines: boolean): number {
    return this.stops.position(stop.id, () => ({
      ...wireStop(stop, this.stopIcon(stop)),
      ...(withLines ? { pRefL: this.linesAt(stop) } : {}),
    }));
  }

  linesAt(stop: Stop): number[] {
    return linesAt(stop.id).map((line) => this.products.position(displayName(line), () => this.product(line)));
  }

  /** @param runNumber number of the run, shown as `prodCtx.num` */
  run(line: Line, runNumber: number): number {
    return this.products.position(`${displayName(line)} ${runNumber}`, () => this.runProduct(line, runNumber));
  }

  remark(remark: Remark): number {
    return this.remarks.position(`${remark.code} ${remark.text}`, () => ({
      type: 'A',
      code: remark.code,
      ...(remark.priority === undefined ? {} : { prio: remark.priority }),
      icoX: this.icon('attr_info'),
      ...(remark.short === undefined ? {} : { txtS: remark.short }),
      txtN: remark.text,
    }));
  }

  /** @param since first day of the month in which it applies, `YYYY-MM-DD` */
  notice(notice: Notice, since: string): number {
    return this.notices.position(notice.id, () => ({
      hid: notice.id,
      act: true,
      head: notice.title,
      text: notice.text,
      icoX: this.icon('HIM2'),
      prio: 30,
      prod: notice.line.vehicle.productClass,
      lModDate: hafasDate(since),
      lModTime: '083000',
      sDate: hafasDate(since),
      sTime: '040000',
      eDate: hafasDate(addDays(since, 27)),
      eTime: '235900',
      comp: notice.line.operator.short,
    }));
  }

  icon(resource: string): number {
    return this.icons.position(resource, () => wireIcon(resource));
  }

  stopIcon(stop: Stop): number {
    return this.icon(linesAt(stop.id)[0]?.vehicle.icon ?? 'prod_bus');
  }

  /** Tables without a row are left out, as mgate does. */
  toWire(): Readonly<Record<string, readonly unknown[]>> {
    const tables = {
      locL: this.stops.rows,
      prodL: this.products.rows,
      opL: this.operators.rows,
      remL: this.remarks.rows,
      himL: this.notices.rows,
      icoL: this.icons.rows,
    };
    return Object.fromEntries(Object.entries(tables).filter(([, rows]) => rows.length > 0));
  }

  private product(line: Line): Record<string, unknown> {
    const { category, categoryLong, productClass, icon } = line.vehicle;
    return {
      pid: `L::${productClass}::${category}::${line.operator.short}::${line.name}::*`,
      name: displayName(line),
      nameS: line.name,
      icoX: this.icon(icon),
      cls: productClass,
      prodCtx: {
        name: displayName(line),
        line: line.name,
        lineId: `${line.operator.short}_${line.name}`,
        catOut: category.padEnd(8),
        catOutS: category,
        catOutL: categoryLong,
      },
    };
  }

  private runProduct(line: Line, runNumber: number): Record<string, unknown> {
    const general = this.product(line);
    return {
      ...general,
      number: line.name,
      oprX: this.operator(line.operator),
      prodCtx: {
        ...(general['prodCtx'] as object),
        num: String(runNumber),
        matchId: line.name,
        catIn: line.vehicle.category,
        catCode: String(Math.log2(line.vehicle.productClass)),
        admin: line.operator.short.padEnd(6, '_'),
      },
    };
  }

  private operator(operator: Operator): number {
    return this.operators.position(operator.id, () => ({
      name: operator.name,
      icoX: this.icon(operator.short),
      id: operator.id,
    }));
  }
}

const WHITE = { r: 255, g: 255, b: 255 };
const BACKGROUNDS: Readonly<Record<string, object>> = {
  prod_tram: { r: 204, g: 20, b: 43 },
  prod_bus: { r: 150, g: 60, b: 140 },
  prod_reg: { r: 20, g: 120, b: 60 },
};

function wireIcon(resource: string): Record<string, unknown> {
  const background = BACKGROUNDS[resource];
  return background === undefined ? { res: resource } : { res: resource, fg: WHITE, bg: background };
}
