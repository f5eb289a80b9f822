import { malformed, WireObject } from '../wire/wire-object.js';
import { readScope, readService } from './read-places.js';
import {
  identifier,
  optionalFlag,
  optionalIdentifier,
  optionalNumber,
  optionalPart,
  optionalSeconds,
  optionalTimestamp,
  rowsOf,
  timestamp,
  wholeNumber,
} from './zms-fields.js';
import {
  ZMS_STATUSES,
  type ZmsAppointment,
  type ZmsClient,
  type ZmsProcess,
  type ZmsQueue,
  type ZmsService,
  type ZmsStatus,
} from './zms-model.js';

/** `process` of ZMS or the thinned one of its citizen API. */
export function readProcess(row: unknown, path: string): ZmsProcess {
  const wire = new WireObject(row, path);
  return wire.has('processId') ? readThinned(wire) : readWhole(wire);
}

function readWhole(wire: WireObject): ZmsProcess {
  const queue = optionalPart(wire, 'queue');
  const scope = optionalPart(wire, 'scope');
  return {
    id: identifier(wire, 'id'),
    authKey: wire.optionalText('authKey', 200),
    status: readStatus(wire.optionalText('status', 50) ?? queue?.optionalText('status', 50) ?? null),
    scope: scope === null ? null : readScope(wire.value('scope'), scope.path),
    appointments: readEach(wire, 'appointments', readAppointment),
    services: readEach(wire, 'requests', readService),
    client: readEach(wire, 'clients', (client, path) => readClient(new WireObject(client, path)))[0] ?? null,
    queue: queue === null || !queue.has('number') ? null : readQueue(wire.value('queue'), queue.path),
    createdAt: optionalTimestamp(wire, 'createTimestamp'),
  };
}

/** Its appointment is spread over the process itself. */
function readThinned(wire: WireObject): ZmsProcess {
  const scope = optionalPart(wire, 'scope');
  const start = optionalTimestamp(wire, 'timestamp');
  const scopeId = scope === null ? null : optionalIdentifier(scope, 'id');
  const slotCount = optionalNumber(wire, 'slotCount') ?? 1;
  return {
    id: identifier(wire, 'processId'),
    authKey: wire.optionalText('authKey', 200),
    status: readStatus(wire.optionalText('status', 50)),
    scope: scopeId === null ? null : readScope(wire.value('scope'), wire.at('scope')),
    appointments: start === null ? [] : [{ start, scopeId, slotCount, minutes: null }],
    services: readThinnedService(wire),
    client: readClient(wire),
    queue: null,
    createdAt: null,
  };
}

function readThinnedService(wire: WireObject): readonly ZmsService[] {
  const id = optionalIdentifier(wire, 'serviceId');
  return id === null ? [] : [{ id, name: wire.optionalText('serviceName', 500), maxQuantity: null }];
}

function readStatus(text: string | null): ZmsStatus {
  return ZMS_STATUSES.find((status) => status === text?.toUpperCase()) ?? 'OTHER';
}

function readAppointment(row: unknown, path: string): ZmsAppointment {
  const wire = new WireObject(row, path);
  const slotCount = wholeNumber(wire, 'slotCount');
  if (slotCount < 0) throw malformed(wire.at('slotCount'), 'is negative');
  const scope = optionalPart(wire, 'scope');
  const availability = optionalPart(wire, 'availability');
  const slotMinutes = availability === null ? null : optionalNumber(availability, 'slotTimeInMinutes');
  return {
    start: timestamp(wire, 'date'),
    scopeId: scope === null ? null : optionalIdentifier(scope, 'id'),
    slotCount,
    minutes: slotMinutes === null ? null : slotMinutes * slotCount,
  };
}

function readClient(wire: WireObject): ZmsClient {
  return {
    familyName: wire.optionalText('familyName', 500),
    email: wire.optionalText('email', 500),
    telephone: wire.optionalText('telephone', 100),
  };
}

/** `queue`: the part of a process that waits. */
export function readQueue(row: unknown, path: string): ZmsQueue {
  const wire = new WireObject(row, path);
  return {
    number: identifier(wire, 'number'),
    displayNumber: optionalIdentifier(wire, 'displayNumber'),
    arrivedAt: optionalTimestamp(wire, 'arrivalTime'),
    calledAt: optionalTimestamp(wire, 'callTime'),
    callCount: optionalNumber(wire, 'callCount') ?? 0,
    withAppointment: optionalFlag(wire, 'withAppointment'),
    waitedSeconds: optionalSeconds(wire, 'waitingTime'),
    waySeconds: optionalSeconds(wire, 'wayTime'),
    estimatedMinutes: optionalNumber(wire, 'waitingTimeEstimate'),
    destination: wire.optionalText('destination', 500),
  };
}

/** The parts of one process stand and fall together. */
function readEach<T>(wire: WireObject, name: string, read: (row: unknown, path: string) => T): readonly T[] {
  return rowsOf(wire.value(name), wire.at(name)).map((row, index) => read(row, `${wire.at(name)}[${index}]`));
}
