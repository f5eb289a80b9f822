import { AppError, berlinInstant, type Omission } from '#lib/kernel';
import type { FcbTicket } from '../fcb/fcb-model.js';
import { readFcb } from '../fcb/read-fcb.js';
import type { TicketValidity } from '../ticket-facts.js';
import type { TicketSummary, UicHead, UicTicket } from '../ticket-model.js';
import { vdvProductName, type VdvProduct } from '../vdv/vdv-product.js';
import { readHead } from './read-head.js';
import { type TicketLayout, readLayout } from './read-layout.js';
import { printedProduct, printedValidity } from './printed-facts.js';
import { type DbOrder, readOrder } from './read-order.js';
import { readVdvBlock } from './read-vdv-block.js';
import { openUicBarcode, type UicBlock } from './uic-container.js';

interface Content {
  head: UicHead | null;
  layout: TicketLayout | null;
  flexible: FcbTicket | null;
  order: DbOrder | null;
  vdvProducts: readonly VdvProduct[];
}

/**
 * Reads a barcode by UIC 918.3 or 918.9. A block that cannot be read is reported; the others stay.
 * @throws AppError UPSTREAM_MALFORMED when the barcode cannot be opened
 */
export function readUic(bytes: Buffer): UicTicket {
  const { blocks, omissions: lost, ...head } = openUicBarcode(bytes);
  const content: Content = { head: null, layout: null, flexible: null, order: null, vdvProducts: [] };
  const results = blocks.map((block) => readBlock(block, content));
  return {
    kind: 'UIC',
    summary: summaryOf(content),
    ...head,
    ...content,
    blocks: blocks.map(({ name, version, content: { length } }, index) => ({
      name,
      version,
      bytes: length,
      read: results[index]?.read ?? false,
    })),
    omissions: [...results.flatMap(({ omissions }) => omissions), ...lost],
  };
}

/** Of two blocks of one name the later one counts. */
function readBlock(block: UicBlock, content: Content): { read: boolean; omissions: readonly Omission[] } {
  try {
    switch (block.name) {
      case 'U_HEAD':
        content.head = readHead(block);
        break;
      case 'U_TLAY':
        content.layout = readLayout(block);
        break;
      case 'U_FLEX': {
        const { ticket, omissions } = readFcb(block.content, block.version);
        content.flexible = ticket;
        return { read: omissions.length === 0, omissions };
      }
      case '0080BL':
        content.order = readOrder(block);
        break;
      case '0080VU':
        content.vdvProducts = readVdvBlock(block);
        break;
      default:
        return { read: false, omissions: [] };
    }
    return { read: true, omissions: [] };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { path = block.name, reason = 'is malformed' } = error.details;
    return { read: false, omissions: [{ path, reason }] };
  }
}

/** The flexible content is the most exact, then the issuer's own block; what is printed is the last resort. */
function summaryOf({ head, layout, flexible, order, vdvProducts }: Content): TicketSummary {
  const document = flexible?.documents.find(({ validity }) => validity !== null) ?? null;
  const [vdv] = vdvProducts;
  return {
    number: head?.ticketKey || flexible?.bookingNumber || document?.reference || null,
    product:
      document?.product ?? order?.product ?? printedProduct(layout) ?? (vdv ? vdvProductName(vdv.productNumber) : null),
    validity: document?.validity ?? orderValidity(order) ?? printedValidity(layout) ?? vdv?.validity ?? null,
    travelClass: document?.travelClass ?? order?.travelClass ?? null,
    price: document?.price ?? null,
  };
}

/** From the first day of the way there to the last day of the way back. */
function orderValidity(order: DbOrder | null): TicketValidity | null {
  const certificates = order?.certificates ?? [];
  const first = certificates.map(({ firstDay }) => firstDay).toSorted()[0];
  const last = certificates
    .map(({ lastDay }) => lastDay)
    .toSorted()
    .at(-1);
  if (first === undefined || last === undefined) return null;
  return { from: berlinInstant(first, 0, 0), until: berlinInstant(last, 23, 59, 59) };
}
