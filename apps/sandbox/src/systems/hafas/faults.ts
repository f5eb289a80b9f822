/** The whole message cannot be answered: HTTP 200 with this code on top and no results. */
export class MessageFault extends Error {
  override readonly name = 'MessageFault';

  constructor(
    readonly code: 'PARSE' | 'AUTH',
    readonly text: string,
  ) {
    super(text);
  }
}

/** One of the services asked for cannot be done: its place in `svcResL` carries the code, the others are answered. */
export class ServiceFault extends Error {
  override readonly name = 'ServiceFault';

  constructor(
    readonly code: 'LOCATION' | 'PARAMETER' | 'H9360',
    readonly text: string,
    readonly textForPeople = 'Die Auskunft ist wegen eines internen Fehlers nicht möglich',
  ) {
    super(text);
  }
}

/** The stop is missing or unknown. */
export function unknownLocation(): ServiceFault {
  return new ServiceFault('LOCATION', 'HCI Service: location missing or invalid');
}

/** A parameter has the right type and an impossible value, or the service itself is not offered. */
export function invalidParameter(): ServiceFault {
  return new ServiceFault('PARAMETER', 'HCI Service: parameter invalid');
}
