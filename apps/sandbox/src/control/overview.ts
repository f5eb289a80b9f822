/** A name and where it listens. */
export interface Address {
  readonly name: string;
  readonly url: string;
}

const PATHS = `GET    /personas              the people and agents by name, with passwords and numbers
GET    /households/{key}      numbers of one household, e.g. aylin or h-000123
GET    /faults                faults in force
POST   /faults                {"kind": "latency|hang|reset|garbage|500|cut", "system": …, "household": …, "milliseconds": …,
                              "after": "nothing|effect|half-answer", "count": …, "methods": "modifying|reading"}
DELETE /faults                ends them; ?system= and ?household= narrow it down
GET    /books/{system}        what was booked there, e.g. sap-umc
POST   /reset                 back to the seed; ?system= and ?household= narrow it down
GET    /clock                 the sandbox's time
PUT    /clock                 {"now": "2026-11-22T18:00:00+01:00"} or {"offsetMs": 3600000}
POST   /tokens                {"persona": "aylin"} gives an access token; besides "secondFactor": true, "signedInSecondsAgo": …,
                              "lifetime": …, "wrong": "expired|audience|none|…"
GET    /identity/clients      the channels' clients; PUT {"client": …, "origin": …, "gatewayUrl": …} changes them
POST   /identity/rotate-keys  {"keepOld": true} lets new keys sign
POST   /identity/outage       {"kind": "503|hang|refuse|off", "seconds": …}
POST   /identity/logout       {"persona": "aylin"} ends the sign-ins there and tells the channels
PUT    /identity/lifetimes    {"accessToken": …, "refreshToken": …, "session": …} in seconds
GET    /identity/requests     how often each path of the identity provider was asked for; DELETE starts anew
GET    /mails                 what the mail server has caught
POST   /foreign-bookings      somebody else books on a value card
POST   /till-codes            the till answers with a return code; GET shows what is ordered
POST   /ambiguous-reports     {"on": false}: every repair report is answered with its number
GET    /environment           settings by which the gateway reaches all of this
`;

/** The front page in plain text. */
export function overview(addresses: readonly Address[]): string {
  const width = Math.max(...addresses.map(({ name }) => name.length));
  const lines = addresses.map(({ name, url }) => `${name.padEnd(width)}  ${url}`);
  return `Test-Kundencenter\n\n${lines.join('\n')}\n\n${PATHS}`;
}
