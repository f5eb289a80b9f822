import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AppError, instantOf } from '#lib/kernel';
import type { DamageNotification } from './dta-ra-model.js';
import { readDamageNotification } from './read-damage-notification.js';
import { writeDamageNotification } from './write-damage-notification.js';

const FUZZ_RUNS = Number(process.env['FUZZ_RUNS'] ?? 300);
const PIXEL = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]).toString('base64');
const PHOTO = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 7, 7]).toString('base64');

const MANAGEMENT = { legal: true, salutation: 3, name1: 'Hausverwaltung Nordhang', name2: '' };
const WIRE = {
  version: '1.0.0',
  namespace: 'de.example.portal',
  id: 'A1B2C3D4-0000-4000-8000-00000000000A',
  notificationdate: '2026-07-01T09:30:00',
  location: { street: 'Am Nordhang 3', zip: '07745', city: 'Jena', floor: 0, management: MANAGEMENT, owner: null },
  damage: {
    room: 'Bad',
    roomtype: 11,
    appliancetype: 1,
    damagedescription: 'Der Abfluss ist verstopft.',
    damageimage1: PHOTO,
    serialnumberimage: PIXEL,
  },
  sendingperson: {
    legal: false,
    salutation: 'Frau',
    name1: 'Erika',
    name2: 'Beispiel',
    reachability: [{ date: '2026-07-02T00:00:00', from: '08:00', to: '10:00:00' }],
    customattributes: { floor: 2, nested: { a: 1 } },
  },
  sendingpersontype: 1,
  unknown: 'ignored',
};

const read = (wire: unknown) => readDamageNotification(Buffer.from(JSON.stringify(wire)));
const malformedAt = (path: string) =>
  expect.objectContaining({ code: 'UPSTREAM_MALFORMED', details: expect.objectContaining({ path }) });

describe('a damage notification', () => {
  it('is read with its tables as words and its local time as Berlin time', () => {
    const { value } = read(WIRE);
    expect(value).toMatchObject({
      id: 'a1b2c3d4-0000-4000-8000-00000000000a',
      notifiedAt: '2026-07-01T07:30:00.000Z',
      location: { postcode: '07745', floor: 0, owner: null, management: { salutation: 'COMPANY', name2: '' } },
      damage: {
        roomType: 'BATHROOM',
        applianceType: 'UNDEFINED',
        images: [{ format: 'JPEG', base64: PHOTO }],
        serialNumberImage: { format: 'PNG', base64: PIXEL },
      },
      sender: { salutation: 'MS', reachability: [{ date: '2026-07-02', from: '08:00:00', to: '10:00:00' }] },
      senderType: 'TENANT',
      contact: null,
    });
  });

  it('loses an attribute that is not plain, and nothing else', () => {
    const { value, omissions } = read(WIRE);
    expect(value.sender.customAttributes).toEqual([{ name: 'floor', value: 2 }]);
    expect(omissions).toEqual([{ path: 'sendingperson.customattributes[1]', reason: 'is not a plain attribute' }]);
  });

  it.each([
    ['no base64', 'base64-String', 'is not base64'],
    ['another format', Buffer.from('GIF89a......').toString('base64'), 'is neither JPEG nor PNG'],
    ['too many bytes', 'A'.repeat(7_200_000), 'is larger than 5242880 bytes'],
    ['far too many bytes', 'A'.repeat(11_000_000), 'is larger than 5242880 bytes'],
  ])('survives a picture of %s, which is reported', (_case, damageimage1, reason) => {
    const { value, omissions } = read({ ...WIRE, damage: { ...WIRE.damage, damageimage1 } });
    expect(value.damage.images).toEqual([]);
    expect(omissions).toContainEqual({ path: 'damage.damageimage1', reason });
  });

  it('takes a picture with the prefix of a data URL', () => {
    const { value } = read({ ...WIRE, damage: { ...WIRE.damage, damageimage2: `data:image/png;base64,${PIXEL}` } });
    expect(value.damage.images.map(({ format }) => format)).toEqual(['JPEG', 'PNG']);
  });

  it('reads numbers that its tables do not have as OTHER', () => {
    const { value } = read({ ...WIRE, damage: { ...WIRE.damage, roomtype: 77, appliancetype: 30 } });
    expect([value.damage.roomType, value.damage.applianceType]).toEqual(['OTHER', 'OTHER']);
  });

  it.each([
    ['id', { ...WIRE, id: '7' }],
    ['notificationdate', { ...WIRE, notificationdate: '2026-02-30T10:00:00' }],
    ['sendingpersontype', { ...WIRE, sendingpersontype: '1' }],
    ['location.management', { ...WIRE, location: { ...WIRE.location, management: undefined } }],
    ['damage.damagedescription', { ...WIRE, damage: { ...WIRE.damage, damagedescription: '' } }],
  ])('is refused at %s', (path, wire) => {
    expect(() => read(wire)).toThrow(malformedAt(path));
  });

  it('does not take names of the prototype for attributes', () => {
    const json = JSON.stringify(WIRE).replace('"unknown"', '"customattributes":{"__proto__":{"x":1}},"unknown"');
    expect(readDamageNotification(Buffer.from(json)).value.customAttributes).toEqual([]);
  });

  it('never fails otherwise, whatever is done to its bytes', () => {
    const bytes = Buffer.from(JSON.stringify(WIRE));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 6 }), (edits) => {
        const damaged = Buffer.from(bytes);
        for (const [at, value] of edits) damaged[at] = value;
        expect(outcomeOf(damaged)).toMatch(/^(?:read|UPSTREAM_MALFORMED)$/);
      }),
      { numRuns: FUZZ_RUNS },
    );
  });
});

function outcomeOf(bytes: Buffer): string {
  try {
    readDamageNotification(bytes);
    return 'read';
  } catch (error) {
    return error instanceof AppError ? error.code : `crash: ${String(error)}`;
  }
}

const line = fc.string({ minLength: 1, maxLength: 30 });
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const customAttributes = fc
  .uniqueArray(
    fc.record({ name: fc.stringMatching(/^[a-z][a-z0-9-]{0,10}$/), value: fc.oneof(line, fc.boolean(), fc.integer()) }),
    { selector: ({ name }) => name, maxLength: 3 },
  )
  .filter((list) => list.every(({ name }) => name !== 'constructor' && name !== 'prototype'));
const images = fc.constantFrom({ format: 'PNG' as const, base64: PIXEL }, { format: 'JPEG' as const, base64: PHOTO });
const person = fc.record({
  id: optional(fc.uuid()),
  legal: fc.boolean(),
  salutation: fc.constantFrom('UNDEFINED', 'MR', 'MS', 'COMPANY', 'FAMILY', 'MR_AND_MS'),
  name1: fc.string({ maxLength: 30 }),
  name2: fc.string({ maxLength: 30 }),
  email: optional(line),
  mobile: optional(line),
  phonePrivate: optional(line),
  phoneBusiness: optional(line),
  reachability: fc.array(
    fc.record({
      date: optional(fc.constant('2026-10-25')),
      from: optional(fc.constant('08:00:00')),
      to: optional(fc.constant('23:59:59')),
    }),
    { maxLength: 2 },
  ),
  customAttributes,
});
const notification = fc.record({
  version: line,
  namespace: line,
  id: fc.uuid(),
  // Summer time throughout, so that no hour comes twice.
  notifiedAt: fc
    .integer({ min: 0, max: 15_000_000 })
    .map((seconds) => instantOf(Date.UTC(2026, 3, 1) + seconds * 1000)),
  location: fc.record({
    realEstateId: optional(fc.uuid()),
    realEstateNumber: optional(line),
    realEstateName: optional(line),
    houseId: optional(fc.uuid()),
    houseNumber: optional(line),
    unitId: optional(fc.uuid()),
    unitNumber: optional(line),
    unitName: optional(line),
    street: line,
    number: optional(line),
    postcode: fc.stringMatching(/^\d{5}$/),
    city: line,
    floor: optional(fc.integer({ min: -2, max: 20 })),
    manager: optional(person),
    management: person,
    owner: optional(person),
    tenant: optional(person),
    caretaker: optional(person),
    customAttributes,
  }),
  damage: fc.record({
    room: optional(line),
    roomType: fc.constantFrom('UNDEFINED', 'KITCHEN', 'BATHROOM', 'ATTIC'),
    appliance: optional(line),
    applianceType: fc.constantFrom('UNDEFINED', 'FREEZER', 'ROOM_AIR_DRYER'),
    model: optional(line),
    manufacturer: optional(line),
    manufacturerType: optional(fc.constantFrom('UNDEFINED', 'VARIOUS')),
    serialNumber: optional(line),
    serialNumberImage: optional(images),
    productionNumber: optional(line),
    productionNumberImage: optional(images),
    description: line,
    images: fc.array(images, { maxLength: 2 }),
    remarks: optional(line),
    customAttributes,
  }),
  sender: person,
  senderType: fc.constantFrom('UNDEFINED', 'TENANT', 'CARETAKER'),
  contact: optional(person),
  contactType: optional(fc.constantFrom('OWNER', 'MANAGEMENT')),
  customAttributes,
}) as fc.Arbitrary<DamageNotification>;

describe('writing a damage notification', () => {
  it('is undone by reading it', () => {
    fc.assert(
      fc.property(notification, (value) => {
        expect(readDamageNotification(Buffer.from(writeDamageNotification(value)))).toEqual({ value, omissions: [] });
      }),
    );
  });

  it('writes fields in the order of the format and leaves out what is not stated', () => {
    const { value } = read({ ...WIRE, unknown: undefined, sendingperson: { ...MANAGEMENT, salutation: 2 } });
    expect(writeDamageNotification(value)).toBe(
      '{"version":"1.0.0","namespace":"de.example.portal","id":"a1b2c3d4-0000-4000-8000-00000000000a",' +
        '"notificationdate":"2026-07-01T09:30:00","location":{"street":"Am Nordhang 3","zip":"07745","city":"Jena",' +
        '"floor":0,"management":{"legal":true,"salutation":3,"name1":"Hausverwaltung Nordhang","name2":""}},' +
        `"damage":{"room":"Bad","roomtype":11,"appliancetype":1,"serialnumberimage":"${PIXEL}",` +
        `"damagedescription":"Der Abfluss ist verstopft.","damageimage1":"${PHOTO}"},` +
        '"sendingperson":{"legal":true,"salutation":2,"name1":"Hausverwaltung Nordhang","name2":""},' +
        '"sendingpersontype":1}',
    );
  });
});
