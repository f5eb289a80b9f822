import { WireObject } from '../wire/wire-object.js';
import type { ZmsProvider, ZmsRelation, ZmsScope, ZmsService } from './zms-model.js';
import { identifier, optionalFlag, optionalNumber, optionalPart, wholeNumber } from './zms-fields.js';

/** `request` of ZMS, `service` of its citizen API. */
export function readService(row: unknown, path: string): ZmsService {
  const wire = new WireObject(row, path);
  const data = optionalPart(wire, 'data');
  return {
    id: identifier(wire, 'id'),
    name: wire.optionalText('name', 500),
    maxQuantity: optionalNumber(wire, 'maxQuantity') ?? (data === null ? null : optionalNumber(data, 'maxQuantity')),
  };
}

/** `provider` of ZMS, `office` of its citizen API. */
export function readProvider(row: unknown, path: string): ZmsProvider {
  const wire = new WireObject(row, path);
  const contact = optionalPart(wire, 'contact') ?? optionalPart(wire, 'address');
  const part = (name: string): string | null => contact?.optionalText(name, 200) ?? null;
  const number = part('streetNumber') ?? part('house_number');
  const street = part('street');
  return {
    id: identifier(wire, 'id'),
    name: wire.optionalText('displayName', 500) ?? wire.optionalText('name', 500),
    street: street === null || number === null ? street : `${street} ${number}`,
    postalCode: part('postalCode') ?? part('postal_code'),
    city: part('city'),
  };
}

/** `scope`; the citizen API has its preferences beside the rest. */
export function readScope(row: unknown, path: string): ZmsScope {
  const wire = new WireObject(row, path);
  const provider = optionalPart(wire, 'provider');
  const preferences = optionalPart(wire, 'preferences');
  const client = (preferences === null ? null : optionalPart(preferences, 'client')) ?? wire;
  const appointment = preferences === null ? null : optionalPart(preferences, 'appointment');
  return {
    id: identifier(wire, 'id'),
    shortName: wire.optionalText('shortName', 500),
    provider: provider === null ? null : readProvider(wire.value('provider'), provider.path),
    emailRequired: optionalFlag(client, 'emailRequired'),
    telephoneActivated: optionalFlag(client, 'telephoneActivated'),
    telephoneRequired: optionalFlag(client, 'telephoneRequired'),
    captchaRequired: optionalFlag(client, 'captchaActivatedRequired'),
    reservationMinutes: appointment === null ? null : optionalNumber(appointment, 'reservationDuration'),
  };
}

/** `requestrelation` of ZMS, which nests its ends, or `relation` of its citizen API. */
export function readRelation(row: unknown, path: string): ZmsRelation {
  const wire = new WireObject(row, path);
  const end = (nested: string, flat: string): string =>
    wire.has(nested) ? identifier(wire.object(nested), 'id') : identifier(wire, flat);
  return {
    serviceId: end('request', 'serviceId'),
    providerId: end('provider', 'officeId'),
    slots: wholeNumber(wire, 'slots'),
  };
}
