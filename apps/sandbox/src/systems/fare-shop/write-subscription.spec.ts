import { describe, expect, it } from '@jest/globals';
import type { SubscriptionBook } from '../../world/household.js';
import type { Pause } from './pause-rules.js';
import { writeSubscription } from './write-subscription.js';

const BOOK: SubscriptionBook = {
  id: 'ABO-00000815',
  productId: 'DTICKET',
  productName: 'Deutschlandticket',
  state: 'active',
  from: '2024-04-01',
  until: null,
  monthlyPrice: '63.00',
  medium: 'app',
  chipCardNumber: null,
};

interface Written {
  state: string;
  price: { cents: number };
  cancellableUntil: string | null;
  pause: Pause | null;
  tickets: { id: string; validFrom: string; validUntil: string; barcode: { payload: string } }[];
}

const PAUSED: readonly Pause[] = [{ from: '2026-11-01', until: '2026-12-31' }];

const write = (changes: Partial<SubscriptionBook>, today = '2026-11-22', pauses: readonly Pause[] = []): Written =>
  writeSubscription({ ...BOOK, ...changes }, pauses, today) as Written;
const months = (written: Written): string[] => written.tickets.map(({ id }) => id.slice(-6));

describe('a subscription as the shop writes it', () => {
  it('can be cancelled until the next tenth of a month', () => {
    const days = ['2026-11-10', '2026-11-11', '2026-12-31'].map((today) => write({}, today).cancellableUntil);
    expect(days).toEqual(['2026-11-10', '2026-12-10', '2027-01-10']);
    expect(write({ state: 'cancelled', until: '2026-11-30' }).cancellableUntil).toBeNull();
  });

  it('has states beyond the usual three', () => {
    const states = [
      write({}),
      write({}, '2026-11-22', PAUSED),
      write({ state: 'cancelled', until: '2026-11-30' }),
      write({ from: '2027-01-01' }),
    ].map(({ state }) => state);
    expect(states).toEqual(['ACTIVE', 'PAUSED', 'CANCELLED', 'SCHEDULED']);
  });

  it('counts the price in cents', () => {
    expect(['63.00', '0.05', '1234.10'].map((monthlyPrice) => write({ monthlyPrice }).price.cents)).toEqual([
      6300, 5, 123410,
    ]);
  });

  it('shows the ticket of the month, and from the 25th on the next one', () => {
    expect([months(write({}, '2026-11-24')), months(write({}, '2026-12-25'))]).toEqual([
      ['202611'],
      ['202612', '202701'],
    ]);
  });

  it('shows no ticket while paused, before it begins, after its end or on a chip card', () => {
    const none = [
      write({}, '2026-11-22', PAUSED),
      write({ from: '2026-12-01' }),
      write({ state: 'cancelled', until: '2026-10-31' }),
      write({ medium: 'chipcard', chipCardNumber: '278000000000' }),
    ];
    expect(none.map(months)).toEqual([[], [], [], []]);
    expect(months(write({ state: 'cancelled', until: '2026-11-30' }, '2026-11-30'))).toEqual(['202611']);
  });

  it('shows a pause until its last day, and no ticket of its months only', () => {
    const [before, first, last, after] = ['2026-10-31', '2026-11-01', '2026-12-31', '2027-01-01'].map((today) =>
      write({}, today, PAUSED),
    );
    expect([before, first, last, after].map((written) => written?.state)).toEqual([
      'ACTIVE',
      'PAUSED',
      'PAUSED',
      'ACTIVE',
    ]);
    expect([before, last, after].map((written) => written?.pause)).toEqual([PAUSED[0], PAUSED[0], null]);
    expect([before, first, last, after].map((written) => written && months(written))).toEqual([
      ['202610'],
      [],
      ['202701'],
      ['202701'],
    ]);
    expect(write({ state: 'paused' }, '2026-11-22', [{ from: '2026-10-01', until: null }]).state).toBe('PAUSED');
  });

  it('gives the months of the clock change the offset of each end', () => {
    const [march] = write({}, '2027-03-10').tickets;
    expect([march?.validFrom, march?.validUntil]).toEqual(['2027-03-01T00:00:00+01:00', '2027-04-01T03:00:00+02:00']);
  });
});
